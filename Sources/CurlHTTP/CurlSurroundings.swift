/// What the curl thread's transfers share.
struct CurlSurroundings {
    let alarm = CurlAlarm()
    let sockets: CurlSockets
    let heartbeat: CurlHeartbeat

    init(pulse: CurlPulse.Limits) {
        sockets = CurlSockets()
        heartbeat = CurlHeartbeat(sockets: sockets, limits: pulse)
    }
}
