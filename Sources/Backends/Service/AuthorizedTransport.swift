import HTTP
import Synchronization

/// Why a login could not be had; never a part of it.
public struct LoginFault: Error, Sendable, Equatable {
    public var message: String
    public init(message: String) { self.message = message }
}

/// Puts a system's `Authorization` on every request. The value is asked for once, and anew after a 401.
public final class AuthorizedTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let authorization: @Sendable () async throws -> String
    private let known = Mutex<String?>(nil)

    /// `authorization` gives the header's value ("Basic …") or throws `LoginFault`.
    public init(_ inner: any HTTPTransport, authorization: @escaping @Sendable () async throws -> String) {
        self.inner = inner
        self.authorization = authorization
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (signed, isFresh) = try await sign(request)
        let answer = try await inner.send(signed)
        guard answer.status == 401, !isFresh else { return forgetting(answer, if: answer.status == 401) }
        return try await inner.send(try await renewed(request))
    }

    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let (signed, isFresh) = try await sign(request)
        let answer = try await inner.stream(signed)
        guard answer.head.status == 401, !isFresh else { return forgetting(answer, if: answer.head.status == 401) }
        return try await inner.stream(try await renewed(request))
    }

    private func renewed(_ request: HTTPRequest) async throws -> HTTPRequest {
        known.withLock { $0 = nil }
        return try await sign(request).request
    }

    private func forgetting<Answer>(_ answer: Answer, if isRefused: Bool) -> Answer {
        if isRefused { known.withLock { $0 = nil } }
        return answer
    }

    private func sign(_ request: HTTPRequest) async throws -> (request: HTTPRequest, isFresh: Bool) {
        var request = request
        if let value = known.withLock({ $0 }) {
            request.headers["Authorization"] = value
            return (request, false)
        }
        let value = try await authorization()
        known.withLock { $0 = value }
        request.headers["Authorization"] = value
        return (request, true)
    }
}
