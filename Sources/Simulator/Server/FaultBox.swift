import Foundation
import Synchronization

/// The faults that are set on one server, and how they change its answers.
///
/// Over HTTP: `POST /__sim/faults` with `{"fault":"cut","bytes":100,"path":"/api","count":1,"method":"PUT"}` adds one (also `delay`
/// with `seconds`, `status` with `code` and `retryAfter`, `garbage`, `watchGone`, `halfOpen`), `DELETE` clears all.
final class FaultBox: Sendable {
    private let rules = Mutex<[FaultRule]>([])

    func add(_ rule: FaultRule) { rules.withLock { $0.append(rule) } }

    func clear() { rules.withLock { $0.removeAll() } }

    /// Answers by the handler as the first fitting fault allows.
    func answer(_ request: SimRequest, by handler: LoopbackServer.Handler) async throws -> SimResponse {
        if request.path == "/__sim/faults" { return administer(request) }
        guard let fault = take(for: request) else { return await handler(request) }
        switch fault {
        case .delay(let seconds):
            try await Task.sleep(for: .seconds(seconds))
            let response = await handler(request)
            return response.upgrade == nil ? response : response.upgraded(with: fault)
        case .status(let code, let retryAfter):
            return Self.refusal(code, retryAfter, request)
        case .garbage where request.header("upgrade") != nil: return Self.garbageFrames(await handler(request))
        case .garbage:
            return SimResponse(type: "application/json", body: Array("\u{1}\u{2}<<<{\"kind\":\u{0}\u{7f}]]".utf8))
        case .cut(let count): return Self.cut(await handler(request), after: count)
        case .halfOpen: return Self.silence(await handler(request))
        case .watchGone:
            var request = request
            request.query = [("watch", "true"), ("resourceVersion", "1"), ("__expired", "1")]
            return await handler(request)
        }
    }

    private func take(for request: SimRequest) -> Fault? {
        rules.withLock { rules in
            let fits = rules.firstIndex { rule in
                request.path.hasPrefix(rule.path) && rule.method.map { $0 == request.method } ?? true
                    && (rule.fault != .watchGone || request.flag("watch"))
            }
            guard let index = fits else { return nil }
            let rule = rules[index]
            switch rule.count {
            case .some(let count) where count <= 1: rules.remove(at: index)
            case .some(let count): rules[index].count = count - 1
            case nil: break
            }
            return rule.fault
        }
    }

    private func administer(_ request: SimRequest) -> SimResponse {
        switch request.method {
        case "DELETE":
            clear()
            return SimResponse(status: 204)
        case "POST":
            guard let json = try? SimJSON(parsing: request.body), let rule = FaultRule(json) else {
                // Any reason to refuse the body is the same to the caller: the answer says what it may be.
                return .text("no such fault: see the simulator's FaultBox for the six there are\n", status: 400)
            }
            add(rule)
            return SimResponse(status: 201)
        default: return SimResponse(status: 405)
        }
    }
}

extension FaultBox {
    private static func refusal(_ code: Int, _ retryAfter: Int?, _ request: SimRequest) -> SimResponse {
        if code == 409, let conflict = conflict(request) { return KubernetesServer.refusal(conflict) }
        var status: SimJSON = [
            "kind": "Status", "apiVersion": "v1", "metadata": .emptyObject, "status": "Failure",
        ]
        status["message"] = .string(
            code == 429 ? "too many requests, please try again later" : "the simulator was asked to answer \(code)")
        status["reason"] = .string(code == 429 ? "TooManyRequests" : "InternalError")
        if let retryAfter { status["details"] = ["retryAfterSeconds": .int(retryAfter)] }
        status["code"] = .int(code)
        return .json(status, status: code, headers: retryAfter.map { [("Retry-After", "\($0)")] } ?? [])
    }

    /// The same handshake, and then bytes that are no frames.
    private static func garbageFrames(_ response: SimResponse) -> SimResponse {
        var response = response
        response.upgrade?.serve = { connection in
            // Whoever does not take the garbage is gone already.
            try? await connection.write(Array("\u{7f}\u{ff}<<<{\"kind\":\u{0}]]".utf8))
        }
        return response
    }

    /// Somebody else was faster: what an API server says of an object that changed meanwhile.
    private static func conflict(_ request: SimRequest) -> APIStatus? {
        var path = request.path
        if path.hasPrefix("/users/") { path = "/" + path.split(separator: "/").dropFirst(2).joined(separator: "/") }
        guard let path = RequestPath(path), let name = path.name else { return nil }
        return .conflict(APIResource(path.group, path.version, path.resource, "", ""), name)
    }

    /// The same answer, cut off after so many bytes of its body.
    private static func cut(_ response: SimResponse, after limit: Int) -> SimResponse {
        if response.upgrade != nil { return response.upgraded(with: .cut(afterBytes: limit)) }
        let left = Mutex(limit)
        let source = ChunkSource(response.body)
        var response = response
        response.body = .stream {
            let room = left.withLock { $0 }
            guard room > 0, let chunk = try await source.next() else { throw CancellationError() }
            left.withLock { $0 -= chunk.count }
            return Array(chunk.prefix(room))
        }
        return response
    }

    /// The same answer's head and first part, and then nothing more while the connection stands.
    private static func silence(_ response: SimResponse) -> SimResponse {
        if response.upgrade != nil { return response.upgraded(with: .halfOpen) }
        let source = ChunkSource(response.body)
        let isFirst = Mutex(true)
        var response = response
        response.body = .stream {
            let isFirst = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            if isFirst, let chunk = try await source.next() { return Array(chunk.prefix((chunk.count + 1) / 2)) }
            try await Task.sleep(for: .seconds(86_400))
            return nil
        }
        return response
    }
}

extension SimResponse {
    /// The same upgrade over a connection that goes wrong.
    fileprivate func upgraded(with fault: Fault) -> SimResponse {
        var response = self
        response.upgrade?.fault = fault
        return response
    }
}

/// Any body as chunks.
private final class ChunkSource: Sendable {
    private let whole: Mutex<[UInt8]?>
    private let stream: SimResponse.NextChunk?

    init(_ body: SimResponse.Body) {
        switch body {
        case .bytes(let bytes):
            whole = Mutex(bytes)
            stream = nil
        case .stream(let next):
            whole = Mutex(nil)
            stream = next
        }
    }

    func next() async throws -> [UInt8]? {
        if let stream { return try await stream() }
        return whole.withLock { bytes in
            defer { bytes = nil }
            return bytes
        }
    }
}

extension FaultRule {
    /// The rule as the administering path takes it.
    init?(_ json: SimJSON) {
        guard let fault = Fault(json) else { return nil }
        self.init(
            fault, path: json["path"].stringValue ?? "/", count: json["count"].intValue,
            method: json["method"].stringValue)
    }
}

extension Fault {
    fileprivate init?(_ json: SimJSON) {
        switch json["fault"].stringValue {
        case "delay": self = .delay(seconds: json["seconds"].doubleValue ?? 1)
        case "cut": self = .cut(afterBytes: json["bytes"].intValue ?? 0)
        case "status": self = .status(json["code"].intValue ?? 500, retryAfter: json["retryAfter"].intValue)
        case "garbage": self = .garbage
        case "watchGone": self = .watchGone
        case "halfOpen": self = .halfOpen
        default: return nil
        }
    }
}
