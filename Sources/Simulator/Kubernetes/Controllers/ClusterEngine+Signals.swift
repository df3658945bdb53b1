extension ClusterEngine {
    /// Ends the main process of a running container, as a signal does; its kubelet starts it anew where it may.
    func killMainProcess(_ pod: ObjectKey, _ container: String, code: Int) {
        guard var run = runs[pod],
            let index = run.containers.firstIndex(where: { $0.name == container && $0.isRunning })
        else { return }
        run.containers[index].due = (clock.now, .exit(code: code, reason: code == 0 ? "Completed" : "Error"))
        runs[pod] = run
        timers.add(clock.now, .kubelet(pod))
        wakeEngine()
    }
}
