import Foundation
import Testing

@testable import Simulator

@Suite("Exec answers as a real server's recordings, byte for byte", .timeLimit(.minutes(2)))
struct KubernetesSimulatorExecTests {
    @Test(
        "what a stream sends is what was recorded",
        arguments: [
            "ws-v5-ok", "ws-v5-no-such-command", "ws-v5-stdin-close", "ws-no-streams-400", "ws-bearer-in-protocol",
            "ws-completed-pod", "ws-kubelet-down", "ws-no-protocol",
        ])
    func bytes(name: String) async throws {
        let recording = try StreamRecording(name)
        let client = try await StreamServer.run { try Answer($0.replay(recording)) }
        #expect(client.statusLine == recording.statusLine)
        #expect(client.protocolName == recording.responseHeaders.last)
        #expect(client.received == recording.serverBytes)
    }

    @Test(
        "where two outputs race, each channel brings what was recorded",
        arguments: ["ws-v5-command", "ws-v4-command", "ws-v5-tty-shell"])
    func channels(name: String) async throws {
        let recording = try StreamRecording(name)
        let client = try await StreamServer.run { try Answer($0.replay(recording)) }
        #expect(client.protocolName == recording.responseHeaders.last)
        #expect(client.channels[1] == recording.server(channel: 1))
        #expect(client.channels[2] == recording.server(channel: 2))
        #expect(client.channels[3] == recording.server(channel: 3))
        #expect(client.received.suffix(4).elementsEqual([0x88, 0x02, 0x03, 0xe8]))
    }

    @Test(
        "what is refused is refused before the upgrade",
        arguments: ["ws-bad-container-400", "ws-pod-404", "ws-unknown-protocol", "ws-unknown-protocol-with-origin"])
    func refusals(name: String) async throws {
        let recording = try StreamRecording(name)
        let client = try await StreamServer.run {
            try Answer($0.replay(recording), reads: recording.body?.utf8.count ?? 0)
        }
        #expect(client.statusLine == recording.statusLine)
        #expect(String(decoding: client.received, as: UTF8.self) == recording.body ?? "")
    }

    @Test("a person without the right is told so before the upgrade")
    func forbidden() async throws {
        let recording = try StreamRecording("ws-forbidden-403")
        let client = try await StreamServer.run { server in
            let client = try server.connect(recording.target, user: "viewer")
            return try Answer(client, reads: recording.body?.utf8.count ?? 0)
        }
        #expect(client.statusLine == "HTTP/1.1 403 Forbidden")
        #expect(String(decoding: client.received, as: UTF8.self) == recording.body)
    }
}

/// What a client heard, to carry out of its thread.
struct Answer: Sendable {
    let statusLine: String
    let protocolName: String?
    let received: [UInt8]
    let channels: [UInt8: [UInt8]]

    /// - Parameter reads: bytes of a body to read, for answers that do not end the connection.
    init(_ client: RawWebSocket, reads count: Int = 0) throws {
        while client.received.count < count, client.read() {}
        statusLine = client.statusLine
        protocolName = client.header("Sec-WebSocket-Protocol").map { "Sec-WebSocket-Protocol: \($0)" }
        received = client.received
        channels = Dictionary(uniqueKeysWithValues: (0...9).map { ($0, client.bytes(channel: $0)) })
    }
}
