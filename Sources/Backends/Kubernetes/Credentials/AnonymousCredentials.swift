import HTTP

/// Nothing to add to a request: a server without authentication, or one that knows the client certificate.
public struct AnonymousCredentials: KubernetesCredentials {
    public init() {}
    public func headers() async throws -> HTTPHeaders { [:] }
}
