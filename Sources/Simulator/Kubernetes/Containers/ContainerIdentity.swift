import Foundation

/// What a container knows about itself.
struct ContainerIdentity: Sendable, Equatable {
    var cluster: String
    var namespace: String
    var pod: String
    var podUID: String
    var name: String
    /// 64 hexadecimal digits; each restart has its own.
    var id: String
    var image: String
    var node: String
    var address: String
    var app: String
    var hasTerminal: Bool
    var hasInput: Bool
    var environment: [String: String]
    /// What the manifest says to run; empty where the image decides.
    var command: [String] = []
    /// Ports that answer HTTP, in all containers of the pod.
    var ports: [Int]
    var startedAt: Date
}

extension ContainerIdentity {
    /// Where there is no shell and no other program but the one that runs.
    var isDistroless: Bool {
        if image.contains("distroless") || image.contains("cert-manager") { return true }
        return image.hasPrefix("registry.k8s.io/") && !image.contains("ingress-nginx")
    }

    /// Whether the main process is a shell that somebody talks to.
    var runsShell: Bool {
        guard hasTerminal, hasInput else { return false }
        if let program = command.first {
            return command.count == 1 && ["sh", "ash", "bash"].contains(Path.name(program))
        }
        let name = image.split(separator: "/").last?.prefix { $0 != ":" && $0 != "@" } ?? ""
        return ["busybox", "alpine", "debian", "ubuntu", "netshoot", "toolbox", "bash"].contains(name)
    }

    /// The main process as a list of processes shows it.
    var mainCommand: String {
        if !command.isEmpty { return command.joined(separator: " ") }
        return runsShell ? "sh" : "/app/\(app)"
    }

    /// Where the shell is bash, as in images that are made from Debian; others are made from Alpine.
    var isDebian: Bool {
        ["postgres", "kafka", "nginx", "debian", "ubuntu", "jenkins"].contains { image.contains($0) }
    }
}
