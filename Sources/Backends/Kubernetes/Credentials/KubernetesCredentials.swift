import HTTP

/// How a person, or a pod, shows an API server who they are; asked before each request.
public protocol KubernetesCredentials: Sendable {
    /// Headers to add (`Authorization`); may run a plugin or read a file. Throws `KubernetesError.credentials`.
    func headers() async throws -> HTTPHeaders
    /// Called after a 401 with the headers that were refused: forgets them, unless newer ones are here already, and says
    /// whether another try makes sense.
    func renew(refused: HTTPHeaders) async -> Bool
    /// The client certificate that a plugin gave, once it has run; nil where the kubeconfig's own stands.
    var identity: HTTPServerSettings.ClientIdentity? { get }
}

extension KubernetesCredentials {
    public func renew(refused: HTTPHeaders) async -> Bool { false }
    public var identity: HTTPServerSettings.ClientIdentity? { nil }
}
