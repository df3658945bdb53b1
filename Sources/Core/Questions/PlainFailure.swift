import Backends
import HTTP
import Model

/// Any error of Core as a person reads it and a script tells it apart; what subcommands print and exit with.
public struct PlainFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// What was asked for is not there.
        case notFound
        /// No usable answer came: the network, the server, a time limit.
        case unreachable
        /// The server does not know the person, or does not let them.
        case refused
        /// The command, the configuration or the kubeconfig is wrong.
        case mistaken
        case other
    }

    public var kind: Kind
    /// One plain sentence, lower case. It may hold foreign text.
    public var message: String
    public var description: String { message }

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public init(_ error: any Error) {
        switch error {
        case let error as PlainFailure: self = error
        case let error as KubernetesError: self.init(Self.kind(of: error), error.message)
        case let error as ServiceError: self.init(Self.kind(of: error), error.message)
        case let error as HTTPError: self.init(.unreachable, error.message)
        case let error as AbsentSystem: self.init(.notFound, error.message)
        case let error as EnvironmentError: self.init(.mistaken, error.message)
        case let error as ConfigurationError: self.init(.mistaken, error.message)
        case is CancellationError: self.init(.other, "it was stopped")
        default: self.init(.other, "\(error)")
        }
    }

    private static func kind(of error: KubernetesError) -> Kind {
        switch error {
        case .kubeconfig: .mistaken
        case .credentials: .refused
        case .transport, .throttled, .decoding: .unreachable
        case .pageExpired: .other
        case .status(let code, _, _, _): kind(ofStatus: code)
        }
    }

    private static func kind(of error: ServiceError) -> Kind {
        switch error.cause {
        case .transport, .webPage, .garbage: .unreachable
        case .login: .refused
        case .missing: .notFound
        case .status(let code, _): kind(ofStatus: code)
        }
    }

    private static func kind(ofStatus code: Int) -> Kind {
        switch code {
        case 401, 403: .refused
        case 404, 410: .notFound
        case 429, 500...: .unreachable
        default: .other
        }
    }
}
