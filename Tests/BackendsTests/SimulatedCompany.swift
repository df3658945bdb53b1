import CurlHTTP
import Foundation
import HTTP

@testable import Backends
@testable import Simulator

/// The simulated company at noon behind real sockets, its clock standing still; one server at a time.
struct SimulatedCompany {
    static let noon = Date(timeIntervalSince1970: 1_772_366_400)

    let state: CompanyState
    let clock: ManualClock

    init() {
        clock = ManualClock(now: Self.noon)
        state = CompanyState(company: .lanternpay(), clock: clock)
        state.ledger.fill(from: state.company, at: Self.noon)
    }

    /// Serves while the body runs, then stops.
    func serving(
        _ handler: @escaping LoopbackServer.Handler, _ body: (ServiceEndpoint, FaultBox) async throws -> Void
    ) async throws {
        let server = try LoopbackServer(port: 0, handler: handler)
        let url = try await server.start()
        let transport = CurlTransport(settings: HTTPServerSettings())
        do {
            try await body(ServiceEndpoint(base: url.absoluteString, transport: transport), server.faults)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}
