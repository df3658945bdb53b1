/// What the requests of a verb need, for commands that are shown greyed and for the plan.
extension ActionVerb {
    /// Empty where only the plan knows (`apply`, `create`, `revert`).
    public func needs(on kind: ResourceKind) -> [Rights.Need] {
        typealias Need = Rights.Need
        switch self {
        case .restart: return kind == .pods ? [Need("delete", kind)] : [Need("patch", kind)]
        case .delete: return [Need("delete", kind)]
        case .evict: return [Need("create", .pods, "eviction")]
        case .scale: return [Need("patch", kind, "scale")]
        case .undoRollout:
            return [Need("list", kind == .deployments ? .replicaSets : .controllerRevisions), Need("patch", kind)]
        case .pauseRollout, .resumeRollout, .setImage, .suspend, .unsuspend, .label, .annotate:
            return [Need("patch", kind)]
        case .trigger, .rerun: return [Need("create", .jobs)]
        case .cordon, .uncordon: return [Need("patch", .nodes)]
        case .drain: return [Need("patch", .nodes), Need("list", .pods), Need("create", .pods, "eviction")]
        case .edit: return [Need("get", kind), Need("update", kind)]
        case .debug: return [Need("patch", .pods, "ephemeralcontainers"), Need("get", .pods, "attach")]
        case .nodeShell: return [Need("create", .pods), Need("get", .pods, "exec"), Need("delete", .pods)]
        case .shell, .copy: return [Need("get", .pods, "exec")]
        case .attach: return [Need("get", .pods, "attach")]
        case .forward: return [Need("get", .pods, "portforward")]
        case .reveal: return [Need("get", kind)]
        case .rollBackRelease: return [Need("get", .secrets), Need("create", .secrets)]
        case .apply, .create, .revert: return []
        }
    }

    /// Why this makes no sense for a kind: "only pods can be evicted"; nil when it does.
    public func misfit(_ kind: ResourceKind) -> String? {
        switch self {
        case .restart:
            return Self.restartable.contains(kind)
                ? nil : "only pods, deployments, stateful sets and daemon sets can be restarted"
        case .evict: return kind == .pods ? nil : "only pods can be evicted"
        case .scale: return Self.unscalable.contains(kind) ? "\(kind.title.lowercased()) have no number to scale" : nil
        case .undoRollout:
            return Self.rolling.contains(kind)
                ? nil : "only deployments, stateful sets and daemon sets have revisions to go back to"
        case .pauseRollout, .resumeRollout:
            return kind == .deployments ? nil : "only the roll-outs of deployments can be paused"
        case .setImage: return Self.templated.contains(kind) ? nil : "\(kind.title.lowercased()) have no images to set"
        case .trigger: return kind == .cronJobs ? nil : "only cron jobs can be triggered"
        case .suspend, .unsuspend:
            return kind == .cronJobs || kind == .jobs ? nil : "only jobs and cron jobs can be suspended"
        case .rerun: return kind == .jobs ? nil : "only jobs can be run again"
        case .cordon, .uncordon: return kind == .nodes ? nil : "only nodes can be cordoned"
        case .drain: return kind == .nodes ? nil : "only nodes can be drained"
        case .nodeShell: return kind == .nodes ? nil : "a node shell needs a node"
        case .debug: return kind == .pods ? nil : "only pods can have a debug container"
        case .shell, .attach, .copy: return kind == .pods ? nil : "only pods have containers to reach into"
        case .forward:
            return Self.forwardable.contains(kind) ? nil : "only pods, services and workloads have ports to forward"
        case .reveal:
            return kind == .secrets || kind == .configMaps ? nil : "only secrets and config maps have values to show"
        case .rollBackRelease: return kind == .secrets ? nil : "only Helm releases can be rolled back"
        case .delete, .label, .annotate, .edit, .apply, .create, .revert: return nil
        }
    }

    private static let rolling: Set<ResourceKind> = [.deployments, .statefulSets, .daemonSets]
    private static let restartable = rolling.union([.pods])
    private static let templated = rolling.union([.pods, .cronJobs, .replicaSets])
    private static let forwardable = rolling.union([.pods, .services, .replicaSets, .jobs])
    /// Custom kinds may have a scale, so only what surely has none is named.
    private static let unscalable: Set<ResourceKind> = [
        .pods, .nodes, .daemonSets, .jobs, .cronJobs, .services, .namespaces, .events, .secrets, .configMaps,
    ]
}

extension Action {
    /// What must be allowed for it on its objects' kinds, without doubles.
    public var needs: [Rights.Need] {
        var seen: Set<Rights.Need> = []
        return objects.flatMap { verb.needs(on: $0.kind) }.filter { seen.insert($0).inserted }
    }
}
