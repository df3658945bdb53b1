import JSON
import Model

/// What following a log needs to know of a pod.
struct PodState: Sendable, Equatable {
    struct Container: Sendable, Equatable {
        var name: String
        var isInit: Bool
        /// It has run and will not run again.
        var isOver: Bool
        /// Why it has not started, "" when it has.
        var waiting: String
    }
    var uid: String
    var containers: [Container]

    init(_ pod: JSONValue) {
        uid = pod[path: "metadata", "uid"]?.string ?? ""
        let phase = pod[path: "status", "phase"]?.string
        let isOver = phase == "Succeeded" || phase == "Failed"
        var found: [Container] = []
        for (list, statuses, isInit) in Self.lists {
            for container in pod["spec"]?[list]?.elements.map({ $0 }) ?? [] {
                let name = container["name"]?.string ?? ""
                let status = pod["status"]?[statuses]?.elements.first { $0["name"]?.string == name }
                let terminated = status?[path: "state", "terminated"]
                let isOnce = isInit && container["restartPolicy"]?.string != "Always"
                let isDone = isOnce && terminated?["exitCode"]?.int == 0
                let waiting = status?[path: "state", "waiting", "reason"]?.string ?? ""
                found.append(Container(name: name, isInit: isInit, isOver: isOver || isDone, waiting: waiting))
            }
        }
        containers = found
    }

    private static let lists = [
        ("initContainers", "initContainerStatuses", true), ("containers", "containerStatuses", false),
        ("ephemeralContainers", "ephemeralContainerStatuses", false),
    ]
}
