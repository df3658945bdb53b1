import Backends
import Foundation
import HTTP
import HTTPTesting
import Model
import Testing

@testable import Core

@Suite("Forwarded ports")
struct ForwardDeskTests {
    private static let pods = "/api/v1/namespaces/payments/pods"
    private let folder: TemporaryFolder
    private let world: SessionWorld

    init() throws {
        folder = try TemporaryFolder()
        world = try SessionWorld(folder: folder.url)
        world.world.server.answer(
            .get, "\(Self.pods)?fieldSelector=metadata.name%3Dweb-1",
            #"{"metadata":{"resourceVersion":"1"},"items":[\#(SessionWorld.pod)]}"#)
    }

    private var watch: String {
        "\(Self.pods)?fieldSelector=metadata.name%3Dweb-1&watch=true&allowWatchBookmarks=true&timeoutSeconds=450&resourceVersion=1"
    }

    @Test("bytes go both ways, are counted, and the far end's close closes the near one")
    func roundTrip() async throws {
        let socket = world.world.server.openWebSocket("\(Self.pods)/web-1/portforward?ports=8080")
        let outcome = try await open(ports: [.init(remote: "http")])
        let info = try #require(world.desk.forwards.infos.first)
        #expect(info.id == outcome.session)
        #expect(info.ports.first?.remote == "http")
        let port = try #require(info.ports.first?.local)
        #expect(outcome.words == "127.0.0.1:\(port) → http of web-1")
        let near = try Loop.connect(port)
        try await near.write(Array("ping".utf8)[...])
        #expect(await socket.untilSent(1).map(\.bytes) == [[0] + Array("ping".utf8)])
        socket.say([0, 0x90, 0x1F])
        socket.say([0] + Array("pong".utf8))
        #expect(try await near.read() == Array("pong".utf8))
        socket.finish()
        #expect(try await near.read() == nil)
        await socket.untilLeft()
        let after = try #require(world.desk.forwards.infos.first)
        #expect((after.connections, after.bytesOut, after.bytesIn) == (1, 4, 4))
        world.desk.forwards.stop(info.id)
        #expect(await world.endings.next() == "closed after 1 connection")
        #expect(throws: (any Error).self) { try Loop.connect(port) }
    }

    @Test("listens on loopback only, on both families")
    func loopback() async throws {
        _ = try await open(ports: [.init(remote: "8080")])
        let port = try #require(world.desk.forwards.infos.first?.ports.first?.local)
        #expect(throws: Never.self) { try Loop.connect(port) }
        #expect(
            try Loop.listeners(on: port).allSatisfy { $0 == "0100007F" || $0 == "00000000000000000000000001000000" })
        world.desk.forwards.stop()
    }

    @Test("a port that is taken, a port twice, a name that nobody has: refused with what to do")
    func refusals() async throws {
        let taken = try LoopbackListener(port: 0)
        let cases: [([ForwardOptions.Port], ActionRefusal)] = [
            (
                [.init(local: taken.port, remote: "8080")],
                ActionRefusal(
                    .invalid, "port \(taken.port) of this machine is in use",
                    hint: "choose another one, or 0 for a free one")
            ),
            (
                [.init(local: 7001, remote: "8080"), .init(local: 7001, remote: "http")],
                ActionRefusal(.invalid, "the same local port is named twice")
            ),
            ([.init(remote: "grpc")], ActionRefusal(.invalid, "pod/web-1 has no port named grpc", hint: "it has http")),
            ([.init(remote: "99999")], ActionRefusal(.invalid, "99999 is no port")),
            ([], ActionRefusal(.invalid, "no port is named")),
        ]
        for (ports, refusal) in cases {
            let thrown = await #expect(throws: ActionRefusal.self) { try await open(ports: ports) }
            #expect(thrown == refusal)
        }
        #expect(world.desk.forwards.infos.isEmpty)
    }

    @Test("a service's port leads to the container's of a ready pod")
    func service() async throws {
        world.world.server.answer(
            .get, "/api/v1/namespaces/payments/services/web",
            #"{"spec":{"selector":{"app":"web"},"ports":[{"name":"plain","port":80,"targetPort":"http"}]}}"#)
        world.world.server.answer(
            .get, "\(Self.pods)?labelSelector=app%3Dweb&limit=500",
            #"{"items":[{"metadata":{"name":"web-0"},"status":{"phase":"Running"}},\#(SessionWorld.pod)]}"#)
        let socket = world.world.server.openWebSocket("\(Self.pods)/web-1/portforward?ports=8080")
        _ = try await open(ports: [.init(remote: "80")], kind: .services, of: "web")
        let info = try #require(world.desk.forwards.infos.first)
        #expect(info.pod == "web-1")
        let near = try Loop.connect(info.ports[0].local)
        try await near.write([1][...])
        _ = await socket.untilSent(1)
        let thrown = await #expect(throws: ActionRefusal.self) {
            try await open(ports: [.init(remote: "8080")], kind: .services, of: "web")
        }
        #expect(thrown == ActionRefusal(.invalid, "service/web has no port 8080", hint: "it has 80 (plain)"))
        world.desk.forwards.stop()
    }

    @Test("when the pod is replaced it waits, and goes on with the successor")
    func replaced() async throws {
        let events = world.world.server.feed(.get, watch)
        world.pod.answer(then: HTTPResponse(head: HTTPHead(status: 404), body: []), after: 1)
        let successor = SessionWorld.pod.replacing(#""web-1""#, with: #""web-2""#).replacing(#""u1""#, with: #""u2""#)
        let path = "\(Self.pods)?limit=500"
        world.world.server.answer(.get, path, #"{"items":[]}"#)
        world.world.server.answer(.get, path, #"{"items":[\#(successor)]}"#)
        let socket = world.world.server.openWebSocket("\(Self.pods)/web-2/portforward?ports=8080")
        _ = try await open(ports: [.init(remote: "8080")])
        let port = try #require(world.desk.forwards.infos.first?.ports.first?.local)
        events.send(#"{"type":"DELETED","object":\#(SessionWorld.pod.replacing("\n", with: ""))}"# + "\n")
        while !world.pacer.waits.contains(1) { await Task.yield() }
        #expect(
            world.desk.forwards.infos.first?.state == .waiting(reason: "pod web-1 is gone; looking for its successor"))
        let near = try Loop.connect(port)
        try await near.write([7][...])
        world.pacer.advance(1)
        #expect(await socket.untilSent(1).map(\.bytes) == [[0, 7]])
        #expect(world.desk.forwards.infos.first?.state == .listening)
        world.desk.forwards.stop()
    }

    @Test("a connection that fails is told; the forward goes on")
    func connectionFault() async throws {
        world.world.server.answer(
            .get, "\(Self.pods)/web-1/portforward?ports=8080", status: 403,
            #"{"kind":"Status","status":"Failure","message":"no","code":403}"#)
        _ = try await open(ports: [.init(remote: "8080")])
        let near = try Loop.connect(try #require(world.desk.forwards.infos.first?.ports.first?.local))
        #expect(try await near.read() == nil)
        #expect(world.desk.forwards.infos.first?.lastFault == "\(Self.pods)/web-1/portforward: no (403)")
        #expect(world.desk.forwards.infos.first?.state == .listening)
        world.desk.forwards.stop()
    }

    @Test("one with a name is kept for the environment, in a file that only its owner reads, and opened by name")
    func saved() async throws {
        let outcome = try await open(ports: [.init(remote: "http")], name: "web")
        let id = try #require(outcome.session)
        let file = folder.url.appending(path: "forwards.json")
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        world.desk.forwards.stop(id)
        #expect(world.desk.forwards.infos.map(\.state) == [.closed])
        let later = try SessionWorld(folder: folder.url)
        #expect(later.desk.forwards.infos.map(\.name) == ["web"])
        let action = try #require(later.desk.forwards.action(named: "web", in: "sandbox"))
        #expect(action.verb == .forward(ForwardOptions(ports: [.init(remote: "http")], name: "web")))
        #expect(action.objects.map(\.name) == ["web-1"])
        #expect(later.desk.forwards.action(named: "web", in: "production") == nil)
        try later.desk.forwards.save(later.desk.forwards.infos[0].id, name: "")
        #expect(later.desk.forwards.infos.isEmpty)
        #expect(try SessionWorld(folder: folder.url).desk.forwards.infos.isEmpty)
    }

    private func open(
        ports: [ForwardOptions.Port], kind: ResourceKind = .pods, of object: String = "web-1", name: String = ""
    ) async throws -> SessionOutcome {
        try await world.open(.forward(ForwardOptions(ports: ports, name: name)), "forward", kind: kind, name: object)
    }
}

/// The near end of a forward.
private enum Loop {
    static func connect(_ port: Int) throws -> LocalSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafeBytes(of: address) {
            Glibc.connect(
                descriptor, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard result == 0 else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        Descriptor.settle(descriptor)
        return LocalSocket(descriptor)
    }

    /// The addresses that this machine listens on for a port, as the kernel writes them.
    static func listeners(on port: Int) throws -> [String] {
        let wanted = String(format: "%04X", port)
        return try ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { line in
                let fields = line.split(separator: " ")
                guard fields.count > 3, fields[3] == "0A", fields[1].hasSuffix(":\(wanted)") else { return nil }
                return String(fields[1].prefix { $0 != ":" })
            }
        }
    }
}
