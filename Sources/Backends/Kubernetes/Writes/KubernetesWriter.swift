import HTTP
import JSON
import Model

/// The one place from which a change leaves for an API server; needs the guard's permit.
///
/// With a permit for a rehearsal every request is a server-side dry run. Every call throws `WriteError`, or
/// `CancellationError` when the task was cancelled before the answer came.
public struct KubernetesWriter: Sendable {
    /// Whose fields these are, in the objects' managed fields.
    public static let fieldManager = "midwatch"

    let client: KubernetesClient
    let permit: WritePermit

    /// `client` must send through a transport that lets changes through.
    public init(_ client: KubernetesClient, permit: WritePermit) {
        self.client = client
        self.permit = permit
    }

    public var isRehearsal: Bool { permit.extent == .rehearsal }

    /// Sends one change and gives what the server answered: the object, or a `Status`.
    func send(
        _ method: HTTPRequest.Method, _ path: APIPath, type: String = KubernetesClient.plainJSON, body: [UInt8]?,
        limits: HTTPLimits = HTTPLimits()
    ) async throws -> JSONValue {
        // An empty name or namespace would turn one object into all there are.
        guard !path.path.contains("//"), !path.path.hasSuffix("/") else {
            throw WriteError.unsent(.decoding(target: path.path, cause: "a name in this address is empty"))
        }
        let path = isRehearsal ? path.asking("dryRun", "All") : path
        var headers: HTTPHeaders = ["Accept": KubernetesClient.plainJSON]
        if body != nil { headers["Content-Type"] = type }
        let request = HTTPRequest(
            method, client.connection.server + path.text, headers: headers, body: body, limits: limits)
        var triesLeft = Self.patience
        while true {
            do {
                return try read(try await answer(to: request, path), path)
            } catch WriteError.refused(let refusal) where refusal.isThrottling && triesLeft > 0 {
                // The server did nothing and said when to come back.
                triesLeft -= 1
                try await client.pacer.sleep(client.pacer.jittered(min(refusal.retryAfter ?? 1, 10)))
            }
        }
    }

    /// How often a server may put a change off.
    private static let patience = 3

    private func answer(to request: HTTPRequest, _ path: APIPath) async throws -> HTTPResponse {
        do {
            return try await client.reaching(path) { try await client.transport.send(request) }
        } catch let error as KubernetesError {
            throw WriteError(error)
        }
    }

    private func read(_ answer: HTTPResponse, _ path: APIPath) throws -> JSONValue {
        guard answer.status < 400 else {
            let refusal = WriteRefusal(answer, target: path.path, now: client.pacer.now)
            // A gateway that lost the server's answer says nothing about what the server did.
            guard answer.status != 502, answer.status != 504 else {
                throw WriteError.unanswered(
                    .status(code: refusal.code, reason: refusal.reason, message: refusal.words, target: path.path))
            }
            throw WriteError.refused(refusal)
        }
        do {
            return try client.parse(answer, target: path.path)
        } catch let error as KubernetesError {
            throw WriteError.unanswered(error)
        }
    }
}
