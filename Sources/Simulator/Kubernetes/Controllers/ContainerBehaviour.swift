/// What happens to a container after its image was asked for: the story of one image.
struct ContainerBehaviour: Sendable, Equatable {
    enum Ending: Sendable, Equatable {
        case runsOn
        /// Ends by itself so many seconds after its start, give or take a fifth.
        case exits(after: Double, code: Int)
        /// Is killed for memory so many seconds after its start, give or take a fifth.
        case outOfMemory(after: Double)
    }

    /// Whether the registry has the image.
    var isPullable = true
    /// Seconds from start to ready; nil: never ready.
    var readyAfter: Double? = 1.5
    var ending = Ending.runsOn
    /// Takes no notice of the request to end: it is killed when its grace is over.
    var ignoresTermination = false

    static let healthy = ContainerBehaviour()
    static let slowStart = ContainerBehaviour(readyAfter: 60)
    static let neverReady = ContainerBehaviour(readyAfter: nil)
    static let imageMissing = ContainerBehaviour(isPullable: false)
    static let slowToEnd = ContainerBehaviour(ignoresTermination: true)
    static let completes = ContainerBehaviour(readyAfter: 0.5, ending: .exits(after: 25, code: 0))
    /// Starts, says why it cannot, and ends with 1.
    static func crashing(after seconds: Double = 6) -> ContainerBehaviour {
        ContainerBehaviour(readyAfter: nil, ending: .exits(after: seconds, code: 1))
    }
}
