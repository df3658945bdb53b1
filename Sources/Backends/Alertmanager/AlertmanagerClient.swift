import HTTP
import JSON
import Model

/// One Alertmanager by its v2 API (0.16 and later). Source: Alertmanager's api/v2/openapi.yaml.
///
/// Everything throws `ServiceError`, or `CancellationError`.
public struct AlertmanagerClient: Sendable {
    private let caller: ServiceCaller
    private var root: ServiceAddress { ServiceAddress(caller.endpoint, "api", "v2") }

    /// The endpoint's path is Alertmanager's route prefix.
    public init(_ endpoint: ServiceEndpoint) { caller = ServiceCaller(system: "Alertmanager", endpoint: endpoint) }

    /// Every alert it has, silenced and inhibited ones included, in the order of the fingerprints.
    public func alerts() async throws -> [Alert] {
        let operation = "list alerts"
        let answer = try await caller.json(operation, request(root.path("/alerts")))
        guard answer.kind == .array else {
            throw caller.failure(operation, .garbage("a list of alerts was expected; is this an Alertmanager?"))
        }
        return answer.elements.compactMap(Alert.init(alertmanager:)).sorted { $0.id < $1.id }
    }

    /// Its version, such as "0.27.0".
    public func version() async throws -> String {
        let answer = try await caller.json("ask for the version", request(root.path("/status")))
        return answer["versionInfo"]?["version"]?.string ?? ""
    }

    private func request(_ address: ServiceAddress) -> HTTPRequest {
        HTTPRequest(
            .get, address.url, headers: ["Accept": "application/json"],
            limits: HTTPLimits(answer: 15, idle: 15, bodyBytes: 64 << 20))
    }
}

extension Alert {
    /// One element of `GET /alerts`; nil without a fingerprint, because nothing could be told of it twice.
    fileprivate init?(alertmanager value: JSONValue) {
        guard let id = value["fingerprint"]?.string, !id.isEmpty else { return nil }
        let status = value["status"]
        self.init(
            id: id, labels: Self.texts(value["labels"]), annotations: Self.texts(value["annotations"]),
            state: status?["state"]?.string.flatMap(State.init(rawValue:)) ?? .unprocessed,
            started: Self.time(value["startsAt"]), updated: Self.time(value["updatedAt"]),
            ends: Self.time(value["endsAt"]), silencedBy: Self.list(status?["silencedBy"]),
            inhibitedBy: Self.list(status?["inhibitedBy"]),
            receivers: value["receivers"]?.elements.compactMap { $0["name"]?.string } ?? [],
            generatorURL: value["generatorURL"]?.string ?? "")
    }

    private static func texts(_ value: JSONValue?) -> [String: String] {
        var texts: [String: String] = [:]
        guard let value else { return texts }
        for (key, text) in value.members { texts[key] = text.string ?? "" }
        return texts
    }

    private static func list(_ value: JSONValue?) -> [String] { value?.elements.compactMap(\.string) ?? [] }

    private static func time(_ value: JSONValue?) -> Timestamp {
        value?.string.flatMap(Timestamp.init(rfc3339:)) ?? .zero
    }
}
