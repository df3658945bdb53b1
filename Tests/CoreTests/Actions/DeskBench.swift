import Backends
import Foundation
import HTTP
import Model
import Synchronization

@testable import Core

/// A desk before a small cluster, with two environments (sandbox; production, which is protected), and a clock that nobody waits for.
final class DeskBench: Sendable {
    let cluster = MiniCluster()
    let audit = AuditList()
    let pacer: any Pacer
    let inbox = Inbox {}
    let desk: ActionDesk
    let environments: EnvironmentSet
    let folder: TemporaryFolder

    static let protected = "environments:\n  production: { protected: true }\n"

    init(
        _ configuration: String = DeskBench.protected, readOnly: String? = nil, audit: (any AuditWriting)? = nil,
        sessions: any SessionOpening = NoSessions(), pacer: any Pacer = StridingPacer()
    ) throws {
        self.pacer = pacer
        let cluster = cluster
        folder = try TemporaryFolder()
        let file = try folder.file("kubeconfig", TestWorld.kubeconfig)
        let loaded = Result { () throws(KubernetesError) in
            try Kubeconfig.load(file: file, in: KubernetesSurroundings(variables: [:], home: "/nonexistent"))
        }
        let surroundings = CoreSurroundings(
            makeTransport: { _ in cluster }, pacer: pacer, stateFolder: folder.url.appending(path: "state"))
        environments = EnvironmentSet(
            configuration: try Configuration(yaml: configuration, file: "config.yaml"), kubeconfig: loaded,
            surroundings: surroundings)
        desk = ActionDesk(
            environments, inbox: inbox, surroundings, readOnly: readOnly, sessions: sessions,
            audit: audit ?? self.audit,
            person: AuditPerson(login: "ada", host: "desk-1"), run: "run")
    }

    /// Plans, and waits until the plan stands or is refused.
    func plan(
        _ verb: ActionVerb, on objects: [ObjectReference], in environment: EnvironmentID = "sandbox", number: Int = 1
    ) async -> ActionState.Phase {
        desk.plan(ActionID(number), Action(verb, on: objects, in: environment))
        return await rest(number)
    }

    /// Plans, confirms and waits for the end.
    func carryOut(
        _ verb: ActionVerb, on objects: [ObjectReference], in environment: EnvironmentID = "sandbox",
        typed: String = "",
        number: Int = 1
    ) async -> ActionState.Phase {
        let phase = await plan(verb, on: objects, in: environment, number: number)
        guard case .planned(let plan) = phase, plan.confirmation != .none else { return await rest(number) }
        desk.confirm(ActionID(number), typed: typed)
        return await rest(number)
    }

    /// Waits until the action needs somebody, or is over.
    func rest(_ number: Int = 1) async -> ActionState.Phase {
        var last = ActionState.Phase.planning("")
        for await state in desk.states(of: ActionID(number)) {
            last = state.phase
            switch state.phase {
            case .planning, .running: continue
            case .planned(let plan) where plan.confirmation == .none: continue
            default: return last
            }
        }
        return last
    }

    // MARK: objects

    static func pod(_ name: String, uid: String? = nil, in environment: EnvironmentID = "sandbox") -> ObjectReference {
        ObjectReference(
            environment: environment, kind: .pods, namespace: "payments", name: name, uid: uid ?? "u-\(name)")
    }
    static func deployment(_ name: String, in environment: EnvironmentID = "sandbox") -> ObjectReference {
        ObjectReference(
            environment: environment, kind: .deployments, namespace: "payments", name: name, uid: "u-\(name)")
    }
    static func node(_ name: String) -> ObjectReference {
        ObjectReference(environment: "sandbox", kind: .nodes, namespace: nil, name: name, uid: "u-\(name)")
    }

    static let pods = "/api/v1/namespaces/payments/pods"
    static let deployments = "/apis/apps/v1/namespaces/payments/deployments"

    func addPod(
        _ name: String, owner: String? = "api-7d9", uid: String? = nil, isReady: Bool = true, node: String = "node-1",
        waiting: String = ""
    ) {
        cluster.addPod(name, owner: owner, uid: uid, isReady: isReady, node: node, waiting: waiting)
    }

    func addDeployment(_ name: String, replicas: Int = 3, ready: Int? = nil, version: String = "7") {
        cluster.put(
            "\(Self.deployments)/\(name)",
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"\(name)","namespace":"payments","uid":"u-\(name)",
            "resourceVersion":"\(version)","generation":1,"annotations":{"deployment.kubernetes.io/revision":"2"}},
            "spec":{"replicas":\(replicas),"selector":{"matchLabels":{"app":"api"}},
            "template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"app","image":"registry.example/api:1.0"}]}}},
            "status":{"observedGeneration":1,"replicas":\(ready ?? replicas),"readyReplicas":\(ready ?? replicas),
            "updatedReplicas":\(ready ?? replicas),"availableReplicas":\(ready ?? replicas)}}
            """)
    }

    func addBudget(allowed: Int, healthy: Int = 3, wanted: Int = 3) {
        cluster.put(
            "/apis/policy/v1/namespaces/payments/poddisruptionbudgets/api",
            """
            {"metadata":{"name":"api","namespace":"payments"},"spec":{"selector":{"matchLabels":{"app":"api"}}},
            "status":{"disruptionsAllowed":\(allowed),"currentHealthy":\(healthy),"desiredHealthy":\(wanted),"expectedPods":3}}
            """)
    }

    func addService() {
        cluster.put(
            "/api/v1/namespaces/payments/services/api",
            #"{"metadata":{"name":"api","namespace":"payments"},"spec":{"selector":{"app":"api"}}}"#)
    }

    func addNode(_ name: String) {
        cluster.put(
            "/api/v1/nodes/\(name)",
            """
            {"metadata":{"name":"\(name)","uid":"u-\(name)"},"spec":{},
            "status":{"conditions":[{"type":"Ready","status":"True"}]}}
            """)
    }
}

extension MiniCluster {
    func addPod(
        _ name: String, owner: String? = "api-7d9", uid: String? = nil, isReady: Bool = true, node: String = "node-1",
        waiting: String = ""
    ) {
        let owners = owner.map {
            #"[{"kind":"ReplicaSet","name":"\#($0)","uid":"u-\#($0)","controller":true}]"#
        }
        let status =
            waiting.isEmpty
            ? ""
            : #","containerStatuses":[{"name":"app","state":{"waiting":{"reason":"\#(waiting)","message":"no such image"}}}]"#
        put(
            "\(DeskBench.pods)/\(name)",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"payments","uid":"\(uid ?? "u-\(name)")",
            "labels":{"app":"api","pod-template-hash":"7d9"},"ownerReferences":\(owners ?? "[]")},
            "spec":{"nodeName":"\(node)","containers":[{"name":"app","image":"registry.example/api:1.0"}]},
            "status":{"phase":"Running","conditions":[{"type":"Ready","status":"\(isReady ? "True" : "False")"}]\(status)}}
            """)
    }
}

/// Audit lines in a list.
final class AuditList: AuditWriting {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    func append(_ line: [UInt8]) throws(AuditFault) {
        kept.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
    }
}

/// A disk without room.
struct FullDisk: AuditWriting {
    func append(_ line: [UInt8]) throws(AuditFault) {
        throw AuditFault(message: "cannot write the audit file: no space left on device")
    }
}

extension ActionState.Phase {
    var plan: ActionPlan? { if case .planned(let plan) = self { plan } else { nil } }
    var refusal: ActionRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var report: ActionReport? { if case .finished(let report) = self { report } else { nil } }
    var editor: EditorRequest? { if case .needsEditor(let request) = self { request } else { nil } }
}
