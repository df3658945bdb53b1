/// How a stream into a container ended, and how the error channel says so.
enum StreamOutcome: Sendable, Equatable {
    case exited(Int)
    /// The kubelet, or the runtime behind it, could not do it: its own words.
    case failed(String)
    /// The kubelet refused the connection with these words before the stream began.
    case refused(String)
    /// Nothing is said: an attach that was left, a pod that is gone.
    case silent

    /// What goes over the error channel; nil for nothing.
    func message(_ streamProtocol: StreamProtocol) -> [UInt8]? {
        guard self != .silent else { return nil }
        guard streamProtocol.hasStatus else {
            return self == .exited(0) ? nil : Array(text(streamProtocol).utf8)
        }
        return status(streamProtocol).bytes
    }

    private func text(_ streamProtocol: StreamProtocol) -> String {
        switch self {
        case .exited(let code):
            "command terminated with non-zero exit code: command terminated with exit code \(code)"
        case .failed(let words):
            // The API server puts its own words before the kubelet's, which has done so already.
            streamProtocol.isTranslated
                ? "Internal error occurred: Internal error occurred: \(words)" : "Internal error occurred: \(words)"
        case .refused(let words): "Internal error occurred: \(words)"
        case .silent: ""
        }
    }

    private func status(_ streamProtocol: StreamProtocol) -> SimJSON {
        // The API server's Status has metadata always, the kubelet's only where there is some.
        var status: SimJSON = streamProtocol.isTranslated ? ["metadata": .emptyObject] : .emptyObject
        if self == .exited(0) {
            status["status"] = "Success"
            return status
        }
        status["status"] = "Failure"
        status["message"] = .string(text(streamProtocol))
        switch self {
        case .exited(let code):
            status["reason"] = "NonZeroExitCode"
            status["details"] = ["causes": [["reason": "ExitCode", "message": .string("\(code)")]]]
        default:
            status["reason"] = "InternalError"
            let cause = text(streamProtocol).dropFirst("Internal error occurred: ".count)
            status["details"] = ["causes": [["message": .string(String(cause))]]]
            status["code"] = 500
        }
        return status
    }
}
