import Foundation

/// `$XDG_STATE_HOME/midwatch`: what midwatch writes for the person and for itself.
struct StateFolder {
    let url: URL

    init(_ variables: [String: String]) {
        let base =
            variables["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? (variables["HOME"] ?? NSHomeDirectory()) + "/.local/state"
        url = URL(filePath: base).appending(path: "midwatch")
    }
}
