import Foundation

/// One run of one container of one pod: from its start to its end, the unit that writes a log.
struct SimContainer: Sendable, Equatable {
    /// How it ended, which decides its last words.
    enum Ending: Sendable, Equatable {
        case completed, terminated, outOfMemory
        case error(exitCode: Int)
    }

    var cluster: String
    var namespace: String
    var pod: String
    var podUID: String
    var name: String
    /// 64 hexadecimal digits, without `containerd://`.
    var id: String
    var image: String
    var node: String
    var labels: [String: String]
    var profile: LogProfile
    var linesPerSecond: Double
    var restartCount: Int
    var startedAt: Date
    var endedAt: Date?
    var ending: Ending?

    init(
        cluster: String, namespace: String, pod: String, podUID: String = "", name: String, id: String = "",
        image: String,
        node: String = "", labels: [String: String] = [:], profile: LogProfile, linesPerSecond: Double? = nil,
        restartCount: Int = 0, startedAt: Date, endedAt: Date? = nil, ending: Ending? = nil
    ) {
        self.cluster = cluster
        self.namespace = namespace
        self.pod = pod
        self.podUID = podUID
        self.name = name
        self.id = id.isEmpty ? Self.makeID(cluster, namespace, pod, name, restartCount) : id
        self.image = image
        self.node = node
        self.labels = labels
        self.profile = profile
        self.linesPerSecond = linesPerSecond ?? profile.usualRate
        self.restartCount = restartCount
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.ending = ending
    }

    /// The workload that the pod belongs to, by the label that the company puts on everything.
    var app: String { labels["app"] ?? labels["k8s-app"] ?? name }

    /// The identity that decides what is written: two runs of the same container write different lines.
    var logKey: UInt64 { StableHash.of("\(cluster)/\(namespace)/\(pod)/\(name)/\(restartCount)") }

    private static func makeID(_ cluster: String, _ namespace: String, _ pod: String, _ name: String, _ restart: Int)
        -> String
    {
        var generator = SeededGenerator(seed: UInt64(restart), "\(cluster)/\(namespace)/\(pod)/\(name)")
        return generator.hex(64)
    }
}
