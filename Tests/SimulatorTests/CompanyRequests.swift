import Foundation

@testable import Simulator

extension SimRequest {
    /// A request as a test writes it: `SimRequest("GET", "/path?query")`.
    init(_ method: String, _ target: String, headers: [String: String] = [:], body: String = "") {
        let parts = target.split(separator: "?", maxSplits: 1)
        self.init(
            method: method, path: String(parts[0]).removingPercentEncoding ?? String(parts[0]),
            query: parts.count > 1 ? Self.form(String(parts[1])) : [], headers: headers, body: Array(body.utf8))
    }
}

extension SimResponse {
    /// The whole body as text; a streamed body counts as none.
    var text: String {
        guard case .bytes(let bytes) = body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The whole body as JSON; null when it is none.
    var json: SimJSON {
        guard case .bytes(let bytes) = body else { return .null }
        // A body that is no JSON fails the expectation that looks into it.
        return (try? SimJSON(parsing: bytes)) ?? .null
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension CompanyState {
    /// The company at noon, every container running, nothing else happening.
    static func atNoon(clock: ManualClock = ManualClock(now: noon)) -> CompanyState {
        let state = CompanyState(company: .lanternpay(), clock: clock)
        state.ledger.fill(from: state.company, at: noon)
        return state
    }
}
