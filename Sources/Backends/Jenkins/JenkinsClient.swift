import HTTP
import JSON
import Model

/// One Jenkins by its remote API: jobs, runs with stages, and console logs.
///
/// Everything throws `ServiceError`, or `CancellationError`. Every list is asked for with `tree`, never with `depth`.
public struct JenkinsClient: Sendable {
    let caller: ServiceCaller

    /// The endpoint's path is Jenkins' context path.
    public init(_ endpoint: ServiceEndpoint) { caller = ServiceCaller(system: "Jenkins", endpoint: endpoint) }

    /// Jenkins' version, from the header that every answer carries; "" where a proxy has taken it away.
    public func version() async throws -> String {
        let address = ServiceAddress(caller.endpoint).path("/api/json").asking("tree", "mode")
        let response = try await caller.send("ask for the version", request(address))
        _ = try caller.parse(response, "ask for the version")
        return response.headers["X-Jenkins"] ?? ""
    }

    /// The address of a job by its full path; each part is a job name as Jenkins has it.
    func address(ofJob path: String) -> ServiceAddress {
        let parts = path.split(separator: "/").flatMap { ["job", String($0)] }
        return ServiceAddress(caller.endpoint).segments(parts)
    }

    func address(of run: RunReference) -> ServiceAddress {
        address(ofJob: run.job).segments([String(run.number)])
    }

    func request(_ address: ServiceAddress, _ method: HTTPRequest.Method = .get) -> HTTPRequest {
        HTTPRequest(
            method, address.url, headers: ["Accept": "application/json"],
            limits: HTTPLimits(answer: 30, idle: 30, bodyBytes: 64 << 20))
    }
}
