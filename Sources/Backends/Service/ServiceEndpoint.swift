import HTTP
import JSON

/// Where one system beside the cluster is, and the transport to it, with its login.
public struct ServiceEndpoint: Sendable {
    /// With its path, without a trailing slash: "https://ci.example/jenkins", "service://logging/elasticsearch:9200".
    public var base: String
    public var transport: any HTTPTransport

    public init(base: String, transport: any HTTPTransport) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.transport = transport
    }

    /// Scheme, host and port, or the service's address without its path: for messages.
    public var target: String {
        guard let scheme = base.firstRange(of: "://") else { return base }
        let isService = base.hasPrefix("service://")
        let parts = base[scheme.upperBound...].split(separator: "/", maxSplits: isService ? 2 : 1)
        return base[..<scheme.upperBound] + parts.prefix(isService ? 2 : 1).joined(separator: "/")
    }
}

/// Asks one system and turns whatever is no usable answer into a `ServiceError`.
struct ServiceCaller: Sendable {
    let system: String
    let endpoint: ServiceEndpoint

    /// A JSON answer of status 200 to 299. Throws `ServiceError`, or `CancellationError`.
    func json(_ operation: String, _ request: HTTPRequest) async throws -> JSONValue {
        let response = try await send(operation, request)
        return try parse(response, operation)
    }

    /// Any answer of status 200 to 299.
    func send(_ operation: String, _ request: HTTPRequest) async throws -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await endpoint.transport.send(request)
        } catch let error as HTTPError {
            throw failure(operation, .transport(error))
        } catch let error as LoginFault {
            throw failure(operation, .login(error.message))
        }
        guard 200..<300 ~= response.status else { throw refusal(response, operation) }
        return response
    }

    func failure(_ operation: String, _ cause: ServiceError.Cause) -> ServiceError {
        ServiceError(system: system, target: endpoint.target, operation: operation, cause: cause)
    }

    func parse(_ response: HTTPResponse, _ operation: String) throws(ServiceError) -> JSONValue {
        if ForeignWords.isWebPage(response) {
            throw failure(operation, .webPage(title: ForeignWords.title(response.body)))
        }
        do {
            return try JSONValue.parse(response.body)
        } catch {
            throw failure(operation, .garbage(error.message))
        }
    }

    private func refusal(_ response: HTTPResponse, _ operation: String) -> ServiceError {
        var error = failure(operation, .status(response.status, words: ForeignWords.reason(response)))
        error.retryAfter = response.headers["Retry-After"].flatMap(Double.init).flatMap { $0 >= 0 ? min($0, 300) : nil }
        return error
    }
}
