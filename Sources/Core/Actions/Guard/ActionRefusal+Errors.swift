import Backends
import HTTP
import Model

/// Any error on the way to a plan, as the reason why nothing was begun.
extension ActionRefusal {
    init(_ error: any Error) {
        switch error {
        case let error as ActionRefusal: self = error
        case let error as WriteError: self.init(write: error)
        case let error as KubernetesError: self.init(Self.kind(of: error), error.message)
        case let error as AbsentSystem: self.init(.invalid, error.reason, hint: error.advice)
        case is CancellationError: self.init(.invalid, "it was dropped")
        default: self.init(.unreachable, PlainFailure(error).message)
        }
    }

    private init(write error: WriteError) {
        switch error {
        case .refused(let refusal): self.init(Self.kind(ofCode: refusal.code), refusal.message)
        case .unsent(let cause), .unanswered(let cause): self.init(Self.kind(of: cause), cause.message)
        }
    }

    private static func kind(of error: KubernetesError) -> Kind {
        switch error {
        case .status(let code, _, _, _): kind(ofCode: code)
        case .kubeconfig: .invalid
        case .credentials: .forbidden
        case .transport, .throttled, .decoding, .pageExpired: .unreachable
        }
    }

    private static func kind(ofCode code: Int) -> Kind {
        switch code {
        case 401, 403: .forbidden
        case 404, 409, 410: .changed
        case 503, 504: .unreachable
        default: .rejected
        }
    }
}
