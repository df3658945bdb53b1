import Model

extension Action {
    /// "restart pod ledger-api-7c9d", "delete 3 pods": what the sheet is called before there is a plan.
    public var title: String {
        switch verb {
        case .apply, .create: return verb.words
        default: return "\(verb.words) \(subject)"
        }
    }

    /// "pod ledger-api-7c9d", "3 pods", "5 objects".
    private var subject: String {
        guard let first = objects.first else { return "nothing" }
        if objects.count == 1 { return "\(first.kind.singular) \(first.name)" }
        let isOneKind = objects.allSatisfy { $0.kind == first.kind }
        return "\(Figure.count(objects.count)) \(isOneKind ? first.kind.plural : "objects")"
    }
}

extension ActionVerb {
    /// "restart", "scale to 3 replicas:", as it stands before what it is done to.
    public var words: String {
        switch self {
        case .restart: "restart"
        case .delete(let options): options.isForced ? "delete by force" : "delete"
        case .evict: "evict"
        case .scale(let replicas): "scale to \(replicas)"
        case .undoRollout(let revision): revision.map { "roll back to revision \($0)" } ?? "roll back"
        case .pauseRollout: "pause the rollout of"
        case .resumeRollout: "resume the rollout of"
        case .setImage: "set the image of"
        case .trigger: "run now"
        case .suspend: "suspend"
        case .unsuspend: "resume"
        case .rerun: "run again"
        case .cordon: "cordon"
        case .uncordon: "uncordon"
        case .drain: "drain"
        case .label: "label"
        case .annotate: "annotate"
        case .apply: "apply a file"
        case .create: "create from a file"
        case .edit: "edit"
        case .debug: "debug"
        case .nodeShell: "shell on"
        case .shell: "shell in"
        case .attach: "attach to"
        case .forward: "forward ports of"
        case .copy(let options): options.direction == .toContainer ? "copy into" : "copy out of"
        case .reveal(let key): "show \(key) of"
        case .revert: "put back"
        case .rollBackRelease(let name, let revision): "roll release \(name) back to revision \(revision):"
        }
    }

    /// Whether it takes something away that the same key cannot bring back: such a plan must be seen before it is
    /// confirmed.
    public var destroys: Bool {
        switch self {
        case .delete, .evict, .drain, .apply, .create, .edit, .rollBackRelease, .undoRollout, .copy: true
        case .scale(let replicas): replicas == 0
        default: false
        }
    }
}
