import Canvas
import Model
import PaneKit

/// How a session is, in words: for the list, the title and the last line of one that is over.
struct SessionFace {
    let session: SessionInfo

    init(_ session: SessionInfo) { self.session = session }

    var state: (words: String, tone: Tone) {
        switch session.state {
        case .opening: ("opening", .progressing)
        case .open: ("open", .good)
        case .exited(code: 0): ("exited", .muted)
        case .exited(let code): ("exited with \(code)", .warning)
        case .failed(let reason): (reason.isEmpty ? "lost" : reason, .critical)
        }
    }

    /// "payments/gateway-5f6b-kk2lm", or a node's name.
    var place: String { (session.object.namespace.map { $0 + "/" } ?? "") + session.object.name }

    var command: String { session.command.joined(separator: " ") }

    /// For questions and notices: "sh in gateway-5f6b-kk2lm".
    var name: String { "\(command.isEmpty ? session.sort : command) in \(session.object.name)" }

    var isOver: Bool {
        switch session.state {
        case .opening, .open: false
        case .exited, .failed: true
        }
    }

    /// What stands under the picture of a session that is over. 126 and 127 are what a shell, and the runtime, say of a
    /// program that cannot be run or is not there.
    var epitaph: String {
        switch session.state {
        case .opening, .open: ""
        case .exited(code: 126): "exited with 126: the program cannot be run"
        case .exited(code: 127): "exited with 127: there is no such program in the container"
        case .exited(code: 130): "exited with 130: interrupted"
        case .exited(code: 137): "exited with 137: killed"
        case .exited(code: 143): "exited with 143: terminated"
        case .exited(let code): "exited with \(code)"
        case .failed(let reason): reason.isEmpty ? "connection lost" : reason
        }
    }

    var isWell: Bool { session.state == .exited(code: 0) }
}
