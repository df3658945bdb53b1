import Foundation

/// What a kubelet knows of one container of a pod.
struct ContainerRun: Sendable {
    struct Termination: Sendable {
        var code: Int
        var reason: String
        var startedAt: Date
        var finishedAt: Date
        var id: String
    }

    enum State: Sendable {
        case waiting(reason: String, message: String?)
        case running(since: Date)
        case terminated(Termination)
    }

    /// What happens to it next.
    enum Step: Sendable {
        case pull, failPull, retryPull, start, becomeReady
        case exit(code: Int, reason: String)
        case backOff, restart
    }

    var name: String
    var image: String
    var role: SimContainerSpec.Role
    var state: State
    var last: Termination?
    var restarts = 0
    var isReady = false
    var id: String?
    var backOffSeconds = 10.0
    var due: (at: Date, step: Step)?

    var isRunning: Bool { if case .running = state { true } else { false } }

    var hasSucceeded: Bool { if case .terminated(let end) = state { end.code == 0 } else { false } }

    var hasEnded: Bool { if case .terminated = state { true } else { false } }
}

/// What a kubelet knows of one pod; its status is written from this.
struct PodRun: Sendable {
    var key: ObjectKey
    var uid: String
    var node: String
    var hostIP: String
    var podIP: String?
    var startTime: Date
    var restartPolicy: String
    var containers: [ContainerRun]
    /// When the pod became as ready as it is now.
    var readySince: Date
    var initializedAt: Date?
    /// When the kubelet will have ended it.
    var endsAt: Date?

    var initial: [Int] { containers.indices.filter { containers[$0].role == .initial } }
    var others: [Int] {
        containers.indices.filter { containers[$0].role == .main || containers[$0].role == .sidecar }
    }
    var ephemeral: [Int] { containers.indices.filter { containers[$0].role == .ephemeral } }
    var isInitialized: Bool { initial.allSatisfy { containers[$0].hasSucceeded } }
    var isReady: Bool { isInitialized && others.allSatisfy { containers[$0].isReady } && endsAt == nil }

    var phase: String {
        let states = others.map { containers[$0] }
        if !states.isEmpty, states.allSatisfy(\.hasEnded), restartPolicy != "Always" {
            if states.allSatisfy(\.hasSucceeded) { return "Succeeded" }
            if restartPolicy == "Never" { return "Failed" }
        }
        if states.contains(where: { $0.isRunning || $0.restarts > 0 || $0.hasEnded }) { return "Running" }
        return "Pending"
    }

    /// The next moment something happens to it: of a pod that is being ended nothing but its end.
    var nextDue: Date? { endsAt ?? containers.compactMap { $0.due?.at }.min() }
}
