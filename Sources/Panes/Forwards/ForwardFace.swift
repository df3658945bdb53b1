import Canvas
import Model
import PaneKit

/// How a forward is, in words.
struct ForwardFace {
    let forward: ForwardInfo

    init(_ forward: ForwardInfo) { self.forward = forward }

    var state: (words: String, tone: Tone) {
        switch forward.state {
        case .opening: ("opening", .progressing)
        case .listening: ("listening", .good)
        case .waiting(let reason): (reason.isEmpty ? "waiting for a pod" : "waiting: \(reason)", .warning)
        case .failed(let reason): (reason.isEmpty ? "failed" : reason, .critical)
        case .closed: ("saved, not open", .muted)
        }
    }

    var isOpen: Bool {
        switch forward.state {
        case .opening, .listening, .waiting: true
        case .failed, .closed: false
        }
    }

    /// "payments/svc/gateway": with the kind where it is not a pod.
    var target: String {
        let kind = forward.target.kind
        let name =
            kind == .pods ? forward.target.name : "\(kind.shortNames.first ?? kind.plural)/\(forward.target.name)"
        return (forward.target.namespace.map { $0 + "/" } ?? "") + name
    }

    /// For questions and notices: the name it is saved under, else what it leads to.
    var name: String { forward.name.isEmpty ? forward.target.name : forward.name }

    /// "8080 → http, 9090 → 9090"; a port that is not bound yet has no number.
    func ports(unicode: Bool) -> String {
        let arrow = unicode ? "→" : "->"
        return forward.ports.map { "\($0.local == 0 ? "any" : "\($0.local)") \(arrow) \($0.remote)" }.joined(
            separator: ", ")
    }

    /// What has gone through it, in words; nothing for one that is only saved.
    func traffic(now: Timestamp) -> [String] {
        guard forward.state != .closed else { return [] }
        return [
            "\(Figure.count(forward.openConnections)) of \(Figure.count(forward.connections)) connections open",
            "\(Figure.bytes(forward.bytesOut)) out", "\(Figure.bytes(forward.bytesIn)) in",
            "for \(Age.text(now.since(forward.since)))",
        ]
    }

    /// What a person gives to their browser or client, for each bound port.
    var addresses: [String] { isOpen ? forward.ports.filter { $0.local > 0 }.map { "127.0.0.1:\($0.local)" } : [] }
}
