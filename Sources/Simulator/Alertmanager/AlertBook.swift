import Foundation
import Synchronization

/// Which alerts fire: scenarios write it, the simulated Alertmanager reads it.
final class AlertBook: Sendable {
    /// Finds the pod whose name an alert shall bear.
    typealias PodFinder = (_ cluster: String, _ namespace: String, _ app: String) -> String?

    /// How long a resolved alert is still known.
    private static let memory: TimeInterval = 300

    private let alerts: Mutex<[SimAlert]>

    init(steady: [SimAlert] = []) {
        alerts = Mutex(steady)
    }

    /// An alert begins to fire; one with the same labels that fires already keeps its start.
    func fire(_ alert: SimAlert) {
        alerts.withLock { alerts in
            if let index = alerts.firstIndex(where: { $0.labels == alert.labels && $0.podOf == alert.podOf }) {
                let start = alerts[index].resolvedAt == nil ? alerts[index].startsAt : alert.startsAt
                alerts[index] = alert
                alerts[index].startsAt = start
            } else {
                alerts.append(alert)
            }
        }
    }

    /// Every firing alert that has all of these labels ends.
    func resolve(where labels: [String: String], at moment: Date) {
        alerts.withLock { alerts in
            for index in alerts.indices where alerts[index].resolvedAt == nil && alerts[index].has(labels) {
                alerts[index].resolvedAt = moment
            }
        }
    }

    /// What fires at `moment`, and names pods where the alerts want one; an alert whose pod nobody knows yet stays out.
    func firing(at moment: Date, pods: PodFinder) -> [SimAlert] {
        alerts.withLock { alerts in
            alerts.removeAll { $0.resolvedAt.map { $0.addingTimeInterval(Self.memory) < moment } ?? false }
            for index in alerts.indices {
                guard let app = alerts[index].podOf else { continue }
                let labels = alerts[index].labels
                guard let pod = pods(labels["cluster"] ?? "", labels["namespace"] ?? "", app) else { continue }
                alerts[index].labels["pod"] = pod
                alerts[index].podOf = nil
            }
            return alerts.filter {
                $0.podOf == nil && $0.startsAt <= moment && ($0.resolvedAt ?? .distantFuture) > moment
            }
        }
    }
}

extension SimAlert {
    fileprivate func has(_ wanted: [String: String]) -> Bool {
        wanted.allSatisfy { labels[$0.key] == $0.value }
    }
}
