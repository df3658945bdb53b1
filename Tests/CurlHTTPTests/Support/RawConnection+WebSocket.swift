@testable import HTTP

/// The server's side of a WebSocket, spelled out.
extension RawConnection {
    /// Reads the request and grants the upgrade; returns the request's head.
    @discardableResult
    func shakeHands(subprotocol: String = "", then more: [UInt8] = []) -> String {
        let head = readHead()
        let chosen = subprotocol.isEmpty ? "" : "Sec-WebSocket-Protocol: \(subprotocol)\r\n"
        send(Self.granted(head, chosen) + more)
        return head
    }

    static func granted(_ request: String, _ fields: String = "") -> [UInt8] {
        let name = "Sec-WebSocket-Key: "
        let line = request.split(whereSeparator: \.isNewline).first { $0.hasPrefix(name) } ?? ""
        let proof = WebSocketHandshake.accept(for: String(line.dropFirst(name.count)))
        return Array(
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(proof)\r\n\(fields)\r\n").utf8)
    }

    /// One masked frame, unmasked; nil when the peer has left.
    func readFrame() -> (opcode: UInt8, payload: [UInt8])? {
        guard let (opcode, mask, payload) = readMaskedFrame() else { return nil }
        return (opcode, payload.enumerated().map { $1 ^ mask[$0 & 3] })
    }

    /// One frame as it came.
    func readMaskedFrame() -> (opcode: UInt8, mask: [UInt8], payload: [UInt8])? {
        let start = read(2)
        guard start.count == 2 else { return nil }
        var length = Int(start[1] & 0x7F)
        if length > 125 { length = read(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) } }
        let mask = read(4)
        let payload = read(length, keepsText: false)
        guard mask.count == 4, payload.count == length else { return nil }
        return (start[0] & 0x0F, mask, payload)
    }

    func sendFrame(_ payload: [UInt8], opcode: UInt8 = 2) { send(Self.frame(payload, opcode: opcode)) }

    static func frame(_ payload: [UInt8], opcode: UInt8 = 2) -> [UInt8] {
        let length = payload.count
        let size: [UInt8] =
            length < 126
            ? [UInt8(length)]
            : length < 65536
                ? [126, UInt8(length >> 8), UInt8(length & 255)]
                : [127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        return [0x80 | opcode] + size + payload
    }
}
