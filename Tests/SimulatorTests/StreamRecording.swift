import Foundation

/// One recorded stream of a real API server: the request, the frames of both sides, and the server's bytes.
struct StreamRecording {
    struct Frame {
        var isFromServer: Bool
        var opcode: Int
        var payload: [UInt8]
    }

    /// The request line's target.
    let target: String
    let headers: [String]
    let statusLine: String
    let responseHeaders: [String]
    let frames: [Frame]
    let serverBytes: [UInt8]
    let body: String?

    init(_ name: String) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let folder = tests.appending(path: "Fixtures/kubernetes/exec/\(name)")
        func text(_ file: String) throws -> String {
            try String(contentsOf: folder.appending(path: file), encoding: .utf8).replacing("\r\n", with: "\n")
        }
        let request = try text("request.txt").split(separator: "\n").map(String.init)
        target = String(request[0].split(separator: " ")[1])
        headers = request.dropFirst().filter { $0.hasPrefix("Sec-WebSocket-Protocol") || $0.hasPrefix("Origin") }
        let response = try text("response-headers.txt").split(separator: "\n").map(String.init)
        statusLine = response[0]
        responseHeaders = response.dropFirst().filter { !$0.hasPrefix("Sec-WebSocket-Accept") }
        frames = try text("frames.txt").split(separator: "\n").compactMap { Self.frame(String($0)) }
        serverBytes = [UInt8](try Data(contentsOf: folder.appending(path: "server.raw")))
        body = try? text("body")  // Only refusals have one.
    }

    /// `  0.301 C>S op=2 len=10 ch=0 b'line one\n'`
    private static func frame(_ line: String) -> Frame? {
        let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true).map(String.init)
        guard words.count == 5, let opcode = Int(words[2].dropFirst(3)) else { return nil }
        var rest = words[4][...]
        var payload: [UInt8] = []
        if rest.hasPrefix("ch=") {
            payload.append(UInt8(rest.dropFirst(3).prefix { $0 != " " }) ?? 0)
            rest = rest.drop { $0 != " " }.dropFirst()
        }
        payload += literal(String(rest.dropFirst(2).dropLast()))
        return Frame(isFromServer: words[1] == "S>C", opcode: opcode, payload: payload)
    }

    /// The bytes of a literal as Python writes it.
    private static func literal(_ text: String) -> [UInt8] {
        let simple: [Character: UInt8] = ["n": 10, "r": 13, "t": 9, "\\": 92, "'": 39, "\"": 34]
        var bytes: [UInt8] = []
        var characters = Array(text)[...]
        while let character = characters.popFirst() {
            guard character == "\\", let kind = characters.popFirst() else {
                bytes += Array(String(character).utf8)
                continue
            }
            if kind == "x" {
                bytes.append(UInt8(String(characters.prefix(2)), radix: 16) ?? 0)
                characters = characters.dropFirst(2)
            } else {
                bytes.append(simple[kind] ?? 0)
            }
        }
        return bytes
    }

    /// All bytes the server sent on one channel.
    func server(channel: UInt8) -> [UInt8] {
        frames.filter { $0.isFromServer && $0.opcode == 2 && $0.payload.first == channel }.flatMap {
            $0.payload.dropFirst()
        }
    }
}
