import Foundation

/// A simulated Alertmanager 0.27: its v2 API over what the company's alert book says.
///
/// Source of shapes and words: Alertmanager's api/v2/openapi.yaml and api/v2/api.go.
final class AlertmanagerService: Sendable {
    let state: CompanyState
    let silences: SilenceBook
    let routing: AlertRouting

    init(state: CompanyState) {
        self.state = state
        routing = AlertRouting(company: state.company)
        silences = SilenceBook(seed: state.company.seed, silences: [Self.oldSilence(at: state.startedAt)])
    }

    /// Answers one request; the loopback server's handler.
    func answer(_ request: SimRequest) async -> SimResponse {
        switch "\(request.method) \(request.path)" {
        case "GET /-/healthy", "GET /-/ready": return .text("OK")
        case "GET /api/v2/status": return .json(status)
        case "GET /api/v2/alerts": return alerts(request)
        case "POST /api/v2/alerts": return receive(request)
        case "GET /api/v2/alerts/groups": return groups(request)
        case "GET /api/v2/receivers": return .json(.array(routing.receivers.map { ["name": .string($0)] }))
        case "GET /api/v2/silences": return list(request)
        case "POST /api/v2/silences": return create(request)
        default: return answerOther(request)
        }
    }

    private func answerOther(_ request: SimRequest) -> SimResponse {
        let silencePath = "/api/v2/silence/"
        if request.path.hasPrefix(silencePath) {
            return silence(String(request.path.dropFirst(silencePath.count)), method: request.method)
        }
        if request.path.hasPrefix("/api/v1/") { return .json(Self.versionOneIsGone, status: 410) }
        guard request.method != "GET" else { return .text("404 page not found\n", status: 404) }
        return .json(
            ["code": 405, "message": .string("method \(request.method) is not allowed, but [GET] are")], status: 405)
    }

    private var status: SimJSON {
        [
            "cluster": [
                "name": "01JD0LANTERNPAY0000000000",
                "peers": [["address": "127.0.0.1:9094", "name": "01JD0LANTERNPAY0000000000"]], "status": "ready",
            ],
            "config": ["original": .string(routing.configuration)],
            "uptime": .string(state.startedAt.addingTimeInterval(-86_400 * 12).milliseconds),
            "versionInfo": [
                "branch": "HEAD", "buildDate": "20240228-11:51:20", "buildUser": "builder@lanternpay.example",
                "goVersion": "go1.21.7", "revision": "0aa3c2aad14cff039931923ab16b26b7481783b5", "version": "0.27.0",
            ],
        ]
    }

    private static let versionOneIsGone: SimJSON = [
        "status": "deprecated",
        "error":
            "The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the v2 API",
    ]

    private static func oldSilence(at moment: Date) -> Silence {
        Silence(
            id: "5f0c7b9e-8a51-4c0e-9d3f-1f2a7c6b5d40",
            matchers: [
                AlertMatcher(name: "alertname", value: "KubeContainerWaiting"),
                AlertMatcher(name: "cluster", value: "sandbox"),
            ],
            startsAt: moment.addingTimeInterval(-7200), endsAt: moment.addingTimeInterval(86_400),
            updatedAt: moment.addingTimeInterval(-7200), createdBy: "dov@lanternpay.example",
            comment: "preview image is pushed with the next release")
    }
}

extension Date {
    /// RFC 3339 with milliseconds in UTC, as Alertmanager writes every time.
    var milliseconds: String {
        var writer = LineWriter()
        writer.iso(CalendarTime(self))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
