/// Names a line for as long as the buffer holds it, wherever lines inserted before it move it to.
public struct LogLineID: Hashable, Sendable {
    let time: Int64
    let serial: UInt32
}
