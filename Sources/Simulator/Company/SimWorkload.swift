/// Something the company runs in one cluster: what a manifest of it says, and what else is known about it.
struct SimWorkload: Sendable, Equatable {
    enum Kind: String, Sendable { case deployment, statefulSet, daemonSet, job, cronJob, pod }

    /// What is legitimately odd about it, from the first moment on.
    enum Oddity: String, Sendable {
        case none
        /// Starts, writes an error, exits with 1, again and again.
        case crashLoop
        /// Its image tag was never pushed.
        case imageMissing
        /// Asks for more memory than any node has.
        case unschedulable
        /// Its init container never ends.
        case initStuck
        /// Killed for memory a few times a day.
        case outOfMemory
        /// Ready only a minute after its start.
        case slowStart
        /// Takes its whole grace to end, and is killed then.
        case slowToEnd
        /// Runs, but its readiness probe fails.
        case notReady
    }

    var cluster: String
    var namespace: String
    var name: String
    var kind: Kind
    var replicas: Int
    /// Init containers first, in their order, then the main container, then sidecars.
    var containers: [SimContainerSpec]
    /// Labels of the workload and of its pods: `app`, `team`, `app.kubernetes.io/…`.
    var labels: [String: String]
    var team: String
    var oddity: Oddity
    /// Cron syntax, for cron jobs.
    var schedule: String?
    /// Port of its service; nil means no service.
    var servicePort: Int?
    /// Host name of its ingress; nil means none.
    var host: String?
    /// Size of each replica's volume claim in GiB; nil means none.
    var volumeGiB: Int?
    /// Bounds of its autoscaler; nil means none.
    var autoscale: ClosedRange<Int>?
    /// Its disruption budget spares no pod.
    var isIndispensable = false
    /// Where its source lives, as a person would open it; nil for things that came from a vendor.
    var repository: String?
    /// The Jenkins job that ships it, folder by folder, the branch last; nil for things that came from a vendor.
    var jenkinsJob: [String]?
    /// The commit that runs now, 40 hexadecimal digits.
    var commit: String

    /// The container that does the work.
    var main: SimContainerSpec { containers.first { $0.role == .main } ?? containers[0] }
}
