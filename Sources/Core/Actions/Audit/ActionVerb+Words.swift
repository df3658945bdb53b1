import Model

extension ActionVerb {
    var isReveal: Bool { if case .reveal = self { true } else { false } }

    /// For the audit file: the verb with what it was given, never a text that may hold a secret.
    var auditWords: String {
        switch self {
        case .restart: "restart"
        case .delete(let options): options.isForced ? "force delete" : "delete (\(options.propagation.rawValue))"
        case .evict: "evict"
        case .scale(let replicas): "scale to \(replicas)"
        case .undoRollout(let revision): revision.map { "undo rollout to revision \($0)" } ?? "undo rollout"
        case .pauseRollout: "pause rollout"
        case .resumeRollout: "resume rollout"
        case .setImage(let images): "set image \(Self.pairs(images.mapValues { $0 }))"
        case .trigger: "trigger"
        case .suspend: "suspend"
        case .unsuspend: "unsuspend"
        case .rerun: "rerun"
        case .cordon: "cordon"
        case .uncordon: "uncordon"
        case .drain: "drain"
        case .label(let labels): "label \(Self.pairs(labels))"
        case .annotate(let annotations): "annotate \(annotations.keys.sorted().joined(separator: " "))"
        case .apply(_, let force): force ? "apply (force)" : "apply"
        case .create: "create"
        case .edit: "edit"
        case .debug(let options): "debug with \(options.image)"
        case .nodeShell(let image): "node shell with \(image)"
        case .shell(let options): options.command.isEmpty ? "shell" : "shell: \(options.command.first ?? "")"
        case .attach: "attach"
        case .forward(let options): "forward \(options.ports.map { "\($0.local):\($0.remote)" }.joined(separator: " "))"
        case .copy(let options): "copy \(options.direction.rawValue): \(options.local), \(options.remote)"
        case .reveal(let key): "reveal \(key)"
        case .rollBackRelease(let name, let revision): "roll back release \(name) to revision \(revision)"
        case .revert: "undo"
        }
    }

    private static func pairs(_ pairs: [String: String?]) -> String {
        pairs.sorted { $0.key < $1.key }.map { key, value in value.map { "\(key)=\($0)" } ?? "\(key)-" }
            .joined(separator: " ")
    }
}
