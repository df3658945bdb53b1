import Foundation
import Synchronization

/// What the kubelets of one cluster do for exec, attach and port-forward: containers that can be looked into, and the
/// streams that lead into them, which end when their container ends.
final class ContainerRuntime: Sendable {
    /// Ends the main process of a container with a code; `kill 1`.
    typealias Kill = @Sendable (_ pod: ObjectKey, _ container: String, _ code: Int) async -> Void

    private struct State {
        var machines: [String: (machine: ContainerMachine, use: Int)] = [:]
        var uses = 0
        var streams: [ObjectKey: [Int: Stream]] = [:]
        var nextStream = 0
    }

    private struct Stream {
        var podUID: String
        /// Nil where the stream leads to the pod as a whole.
        var container: (name: String, id: String)?
        var end: @Sendable () -> Void
    }

    /// So many containers keep what was written in them; those that nobody looked into for longest are forgotten.
    private static let keptMachines = 64

    let clock: any SimulationClock
    let logs: ContainerLogs
    let budget = StorageBudget()
    private let store: ClusterStore
    private let kill: Kill?
    private let state = Mutex(State())

    init(store: ClusterStore, clock: any SimulationClock, logs: ContainerLogs, kill: Kill? = nil) {
        self.store = store
        self.clock = clock
        self.logs = logs
        self.kill = kill
        store.observe { [weak self] resource, key in
            guard resource == "pods" else { return }
            self?.podChanged(key)
        }
    }

    /// How many streams lead into containers and pods now.
    var streamCount: Int { state.withLock { $0.streams.values.reduce(0) { $0 + $1.count } } }

    /// The running container of a pod; nil where it does not run.
    func machine(_ pod: StoredObject, _ container: String) -> ContainerMachine? {
        guard let identity = ContainerIdentity(pod, container: container, cluster: logs.cluster) else { return nil }
        let (machine, forgotten) = state.withLock { state -> (ContainerMachine, ContainerMachine?) in
            state.uses += 1
            let machine = state.machines[identity.id]?.machine ?? makeMachine(identity)
            state.machines[identity.id] = (machine, state.uses)
            guard state.machines.count > Self.keptMachines,
                let oldest = state.machines.min(by: { $0.value.use < $1.value.use })
            else { return (machine, nil) }
            return (machine, state.machines.removeValue(forKey: oldest.key)?.machine)
        }
        forgotten?.end()
        return machine
    }

    private func makeMachine(_ identity: ContainerIdentity) -> ContainerMachine {
        ContainerMachine(identity, clock: clock, logs: logs, budget: budget) { [kill] code in
            await kill?(ObjectKey(identity.namespace, identity.pod), identity.name, code)
        }
    }

    /// Runs a stream into a pod; `end` is called when the pod, or the container, is gone.
    func withStream<Value>(
        into pod: StoredObject, container: ContainerIdentity?, end: @escaping @Sendable () -> Void,
        _ body: () async -> Value
    ) async -> Value {
        let number = state.withLock { state in
            state.nextStream += 1
            state.streams[pod.key, default: [:]][state.nextStream] = Stream(
                podUID: pod.uid, container: container.map { ($0.name, $0.id) }, end: end)
            return state.nextStream
        }
        defer {
            state.withLock { state in
                state.streams[pod.key]?[number] = nil
                if state.streams[pod.key]?.isEmpty == true { state.streams[pod.key] = nil }
            }
        }
        podChanged(pod.key)
        return await body()
    }

    private func podChanged(_ key: ObjectKey) {
        guard let streams = state.withLock({ $0.streams[key] }) else { return }
        let pod = store.get("pods", key)
        for stream in streams.values where !Self.lives(stream, pod) { stream.end() }
    }

    private static func lives(_ stream: Stream, _ pod: StoredObject?) -> Bool {
        guard let pod, pod.uid == stream.podUID else { return false }
        guard let container = stream.container else {
            return !["Succeeded", "Failed"].contains(pod.json["status"]["phase"].stringValue)
        }
        return ContainerIdentity.runningID(of: container.name, in: pod.json) == container.id
    }
}

extension ContainerIdentity {
    /// The id of a container that runs now.
    static func runningID(of container: String, in pod: SimJSON) -> String? {
        let own = status(of: container, in: pod)
        guard own["state"]["running"] != .null, let id = own["containerID"].stringValue else { return nil }
        return String(id.drop { $0 != ":" }.dropFirst(3))
    }

    private static func status(of container: String, in pod: SimJSON) -> SimJSON {
        let lists = ["containerStatuses", "ephemeralContainerStatuses", "initContainerStatuses"]
        let all = lists.flatMap { pod["status"][$0].items }
        return all.first { $0["name"].stringValue == container } ?? .null
    }

    /// Of a container that runs now.
    init?(_ pod: StoredObject, container: String, cluster: String) {
        let (metadata, spec) = (pod.json["metadata"], pod.json["spec"])
        let main = spec["containers"].items
        let all = main + spec["ephemeralContainers"].items + spec["initContainers"].items
        guard let id = Self.runningID(of: container, in: pod.json),
            let own = all.first(where: { $0["name"].stringValue == container })
        else { return nil }
        var environment: [String: String] = [:]
        for variable in own["env"].items {
            guard let name = variable["name"].stringValue else { continue }
            if let value = variable["value"].stringValue { environment[name] = value }
            if variable["valueFrom"]["fieldRef"]["fieldPath"].stringValue == "metadata.name" {
                environment[name] = pod.key.name
            }
        }
        let started = KubeTime.seconds(
            Self.status(of: container, in: pod.json)["state"]["running"]["startedAt"].stringValue)
        self.init(
            cluster: cluster, namespace: pod.key.namespace, pod: pod.key.name, podUID: pod.uid, name: container, id: id,
            image: own["image"].stringValue ?? "", node: spec["nodeName"].stringValue ?? "",
            address: pod.json["status"]["podIP"].stringValue ?? "127.0.0.1",
            app: metadata["labels"]["app"].stringValue ?? container, hasTerminal: own["tty"].boolValue ?? false,
            hasInput: own["stdin"].boolValue ?? false, environment: environment,
            command: (own["command"].items + own["args"].items).compactMap(\.stringValue),
            ports: main.flatMap { $0["ports"].items.compactMap { $0["containerPort"].intValue } },
            startedAt: Date(timeIntervalSince1970: started ?? 0))
    }
}
