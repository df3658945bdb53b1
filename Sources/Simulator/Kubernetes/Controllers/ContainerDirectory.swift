import Foundation
import Synchronization

/// What the company knows of the containers of one cluster beyond their manifests: how they log.
final class ContainerDirectory: Sendable {
    struct Entry: Sendable {
        var profile: LogProfile
        var linesPerSecond: Double
    }

    private let entries: [String: Entry]

    init(_ cluster: SimCluster) {
        var entries: [String: Entry] = [:]
        for workload in cluster.workloads {
            for container in workload.containers {
                entries["\(workload.namespace)/\(workload.name)/\(container.name)"] = Entry(
                    profile: container.profile, linesPerSecond: container.linesPerSecond)
            }
        }
        self.entries = entries
    }

    /// How the container of a workload logs; of one nobody knows, as most do.
    func entry(namespace: String, app: String, container: String) -> Entry {
        entries["\(namespace)/\(app)/\(container)"] ?? Entry(profile: .json, linesPerSecond: LogProfile.json.usualRate)
    }
}

/// How images behave: those that were told of; all others are healthy.
final class BehaviourBook: Sendable {
    private let behaviours = Mutex<[String: ContainerBehaviour]>([:])

    func set(_ behaviour: ContainerBehaviour, forImage image: String) {
        behaviours.withLock { $0[image] = behaviour }
    }

    func behaviour(ofImage image: String) -> ContainerBehaviour? {
        behaviours.withLock { $0[image] }
    }
}
