import Foundation
import Glibc

/// A client that knows no more of WebSockets than the bytes: what a server sends can be compared with what another sent.
final class RawWebSocket {
    struct Problem: Error { var text: String }

    let head: String
    private let descriptor: Int32
    private var buffer: [UInt8]
    /// Everything after the head, as it came.
    private(set) var received: [UInt8] = []
    private(set) var isEnded = false
    private(set) var lastStatus = ""

    /// Connects, sends the request, and reads the head of the answer. Blocking: to be used off the cooperative threads.
    init(_ server: URL, _ target: String, headers: [String]) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(server.port ?? 0)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Problem(text: "no connection") }
        let lines =
            [
                "GET \(target) HTTP/1.1", "Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: UjCSk4qbmpGhot5P/pNXYg==",
            ] + headers
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        _ = Glibc.send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            var byte: UInt8 = 0
            guard recv(descriptor, &byte, 1, 0) == 1 else { throw Problem(text: "no answer") }
            bytes.append(byte)
        }
        head = String(decoding: bytes, as: UTF8.self)
        self.descriptor = descriptor
        buffer = [UInt8](repeating: 0, count: 1 << 16)
    }

    deinit { close(descriptor) }

    var statusLine: String { String(head.prefix { $0 != "\r\n" }) }

    func header(_ name: String) -> String? {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        return line.map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }

    /// Sends one masked frame.
    func send(opcode: UInt8 = 2, _ payload: [UInt8]) { sendBytes(Self.frame(opcode: opcode, payload)) }

    static func frame(opcode: UInt8, isFinal: Bool = true, _ payload: [UInt8]) -> [UInt8] {
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        var frame: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ...125: frame.append(0x80 | UInt8(payload.count))
        case ...0xffff: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: frame += [0x80 | 127] + (0..<8).map { UInt8(payload.count >> (56 - $0 * 8) & 255) }
        }
        return frame + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    func send(channel: UInt8, _ text: String) { send([channel] + Array(text.utf8)) }

    func sendBytes(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Reads what is there, at least something; false at the end.
    @discardableResult
    func read() -> Bool {
        guard !isEnded else { return false }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            isEnded = true
            return false
        }
        received += buffer[..<count]
        return true
    }

    func readToEnd() { while read() {} }

    /// Reads until the channel has brought so many bytes.
    func read(channel: UInt8, atLeast count: Int) { while bytes(channel: channel).count < count, read() {} }

    /// Reads until the channel's text contains something.
    func read(channel: UInt8 = 1, until text: String) { while !self.text(channel: channel).contains(text), read() {} }

    var frames: [(opcode: UInt8, payload: [UInt8])] {
        var frames: [(UInt8, [UInt8])] = []
        var rest = received[...]
        while rest.count >= 2 {
            let start = rest.startIndex
            let short = Int(rest[start + 1] & 0x7f)
            let extra = short == 126 ? 2 : short == 127 ? 8 : 0
            guard rest.count >= 2 + extra else { break }
            let long = rest[(start + 2)..<(start + 2 + extra)].reduce(0) { $0 << 8 | Int($1) }
            let length = extra == 0 ? short : long
            guard rest.count >= 2 + extra + length else { break }
            frames.append((rest[start] & 15, Array(rest[(start + 2 + extra)...].prefix(length))))
            rest = rest.dropFirst(2 + extra + length)
        }
        return frames
    }

    func bytes(channel: UInt8) -> [UInt8] {
        frames.filter { $0.opcode == 2 && $0.payload.first == channel }.flatMap { $0.payload.dropFirst() }
    }

    /// Reads to the end, keeping the last frames only, and counts what each channel brings.
    func drain(_ count: (_ channel: UInt8, _ bytes: Int) -> Void) {
        while true {
            let isMore = read()
            var used = 0
            for frame in frames {
                used += (frame.payload.count <= 125 ? 2 : frame.payload.count <= 0xffff ? 4 : 10) + frame.payload.count
                guard let channel = frame.payload.first, frame.opcode == 2 else { continue }
                count(channel, frame.payload.count - 1)
                if channel == 3 { lastStatus = String(decoding: frame.payload.dropFirst(), as: UTF8.self) }
            }
            received.removeFirst(used)
            if !isMore { return }
        }
    }

    func text(channel: UInt8) -> String { String(decoding: bytes(channel: channel), as: UTF8.self) }
}
