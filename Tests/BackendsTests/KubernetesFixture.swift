import Foundation
import HTTP
import HTTPTesting
import JSON
import Model

@testable import Backends

/// The recorded answers of a real API server.
enum KubernetesFixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: "Fixtures/kubernetes/\(name)/body")))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    static func json(_ name: String) throws -> JSONValue { try JSONValue.parse(try bytes(name)) }
}

/// A client of the make-believe server https://api.example, with a clock that stands still.
struct ClientBench {
    let transport = FakeTransport()
    let pacer = ManualPacer()
    let client: KubernetesClient

    init(defaultNamespace: String = "default") {
        client = KubernetesClient(
            connection: KubernetesConnection(server: "https://api.example", defaultNamespace: defaultNamespace),
            transport: transport, pacer: pacer)
    }

    /// Answers GETs of `path` one after the other; the last answer stays.
    func script(_ path: String, _ answers: [FakeTransport.Answer]) {
        for answer in answers { transport.answer(.get, path, with: answer) }
    }

    /// Addresses of all requests so far, without the server.
    var asked: [String] { transport.requests.map { String($0.url.dropFirst("https://api.example".count)) } }
}

/// Tables as a server sends them, small enough to read.
enum SmallTable {
    static func list(_ rows: String..., version: String = "10", continuation: String = "") -> FakeTransport.Answer {
        let columns = #"[{"name":"Name","type":"string","format":"name"},{"name":"Status","type":"string"}]"#
        let metadata = #"{"resourceVersion":"\#(version)","continue":"\#(continuation)"}"#
        return json(
            #"{"kind":"Table","metadata":\#(metadata),"columnDefinitions":\#(columns),"rows":[\#(rows.joined(separator: ","))]}"#
        )
    }

    static func row(_ name: String, _ status: String, namespace: String = "shop") -> String {
        let metadata = #"{"name":"\#(name)","namespace":"\#(namespace)","uid":"u-\#(name)"}"#
        return #"{"cells":["\#(name)","\#(status)"],"object":{"kind":"PartialObjectMetadata","metadata":\#(metadata)}}"#
    }

    static func event(_ type: String, _ row: String, version: String) -> String {
        #"{"type":"\#(type)","object":{"kind":"Table","metadata":{"resourceVersion":"\#(version)"},"rows":[\#(row)]}}"#
            + "\n"
    }

    static func json(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> FakeTransport.Answer {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return .response(HTTPResponse(head: HTTPHead(status: status, headers: headers), body: Array(text.utf8)))
    }

    static func refusal(_ code: Int, _ reason: String, _ message: String) -> FakeTransport.Answer {
        json(#"{"kind":"Status","message":"\#(message)","reason":"\#(reason)","code":\#(code)}"#, status: code)
    }

    static let tooOld =
        #"{"type":"ERROR","object":{"kind":"Status","message":"too old resource version: 2 (2011)","code":410}}"# + "\n"
}

/// Reads a followed table event by event and writes each as one line.
struct TableReader {
    private var events: AsyncStream<TableFeedEvent>.Iterator

    init(_ stream: AsyncStream<TableFeedEvent>) { events = stream.makeAsyncIterator() }

    mutating func next() async -> String {
        guard let event = await events.next() else { return "the end" }
        switch event {
        case .status(let status): return Self.text(status)
        case .delta(let delta): return Self.text(delta)
        }
    }

    mutating func next(_ count: Int) async -> [String] {
        var lines: [String] = []
        for _ in 0..<count { lines.append(await next()) }
        return lines
    }

    static func text(_ delta: TableDelta) -> String {
        let reset = delta.reset.map { ["reset " + $0.map(\.name).joined(separator: ",")] } ?? []
        let changes = delta.order.map { key in
            guard let row = delta.changes[key] ?? nil else { return "-\(key.namespace)/\(key.name)" }
            return "+\(key.namespace)/\(key.name)=\(row.cell(1))"
        }
        return (reset + changes).joined(separator: " ")
    }

    static func text(_ status: FeedStatus) -> String {
        let notices = status.notices.isEmpty ? "" : " [\(status.notices.joined(separator: "; "))]"
        switch status.phase {
        case .loading(let received): return "loading \(received)\(notices)"
        case .live: return "live\(notices)"
        case .stale(let reason): return "stale: \(reason)\(notices)"
        case .failed(let reason): return "failed: \(reason)\(notices)"
        case .forbidden(let reason): return "forbidden: \(reason)\(notices)"
        case .absent(let reason): return "absent: \(reason)\(notices)"
        case .ended(let reason): return "ended: \(reason)\(notices)"
        }
    }
}
