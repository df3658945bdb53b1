import HTTP

/// Reaches services inside a cluster through its API server, for addresses `service://NAMESPACE/NAME:PORT/path`.
///
/// NAME may carry a scheme as the API server's proxy knows it: `service://monitoring/https:prometheus:9090`. The login is
/// the cluster's own: the API server passes no `Authorization` on to the service.
public struct ServiceProxyTransport: HTTPTransport {
    private let server: String
    private let cluster: any HTTPTransport

    /// `cluster` is the connection's own transport, with the person's credentials.
    public init(server: String, cluster: any HTTPTransport) {
        self.server = server
        self.cluster = cluster
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await cluster.send(try translated(request))
    }

    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        try await cluster.stream(try translated(request))
    }

    private func translated(_ request: HTTPRequest) throws(HTTPError) -> HTTPRequest {
        var request = request
        request.url = server + (try Self.path(of: request.url))
        return request
    }

    /// The API server's path for a service address.
    static func path(of url: String) throws(HTTPError) -> String {
        let parts = url.dropFirst("service://".count).split(
            separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard url.hasPrefix("service://"), parts.count >= 2, !parts[0].isEmpty, isServiceName(parts[1]) else {
            throw HTTPError(
                .badAddress, target: url, detail: "a service address is service://NAMESPACE/NAME:PORT/path")
        }
        let rest = parts.count == 3 ? parts[2] : ""
        return "/api/v1/namespaces/\(parts[0])/services/\(parts[1])/proxy/\(rest)"
    }

    private static func isServiceName(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.:".contains($0)) }
    }
}
