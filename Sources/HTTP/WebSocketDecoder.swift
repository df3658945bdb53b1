/// Reads the frames that a WebSocket server sends (RFC 6455 §5), however the bytes are cut.
///
/// Messages are given whole. After a closing frame everything is ignored.
public struct WebSocketDecoder: Sendable {
    public enum Event: Sendable, Equatable {
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong([UInt8])
        case close(WebSocketClose)
    }

    private let longest: Int
    /// The bytes of a frame head that is not complete.
    private var start: [UInt8] = []
    private var frame: WebSocketFrameHead?
    /// Payload of the present frame that has not come yet.
    private var missing = 0
    /// The message under way, from its first frame on.
    private var message: WebSocketMessage?
    private var control: [UInt8] = []
    private var isClosed = false

    /// - Parameter longest: the most bytes of one message.
    public init(longest: Int = 16 << 20) { self.longest = longest }

    /// Takes what came and hands over what is complete.
    public mutating func take(
        _ bytes: UnsafeRawBufferPointer, _ each: (Event) -> Void
    ) throws(WebSocketViolation) {
        var rest = bytes[...]
        while !isClosed {
            if frame == nil {
                guard try readHead(&rest) else { return }
            }
            guard try readPayload(&rest, each) else { return }
        }
    }

    /// False when more bytes are needed.
    private mutating func readHead(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(WebSocketViolation) -> Bool {
        let (head, length) =
            start.isEmpty
            ? WebSocketFrameHead.read(UnsafeRawBufferPointer(rebasing: rest)) : joined(with: rest)
        guard let head else {
            start.append(contentsOf: rest)
            rest = rest[rest.endIndex...]
            return false
        }
        rest = rest.dropFirst(length - start.count)
        start.removeAll(keepingCapacity: true)
        try check(head)
        frame = head
        missing = head.length
        return true
    }

    private func joined(with rest: Slice<UnsafeRawBufferPointer>) -> (WebSocketFrameHead?, Int) {
        let bytes = start + rest.prefix(WebSocketFrameHead.longest - start.count)
        return bytes.withUnsafeBytes { WebSocketFrameHead.read($0) }
    }

    private mutating func check(_ head: WebSocketFrameHead) throws(WebSocketViolation) {
        if let wrong = head.violation { throw .against(wrong) }
        guard !head.isControl else { return control.removeAll(keepingCapacity: true) }
        let sofar = message?.bytes.count ?? 0
        guard head.length <= longest - sofar else { throw .tooBig(longest) }
        switch (head.opcode, message) {
        case (.continuation, nil): throw .against("it goes on with a WebSocket message that it has not begun")
        case (.continuation, _): break
        case (_, nil): message = WebSocketMessage([], head.opcode == .text ? .text : .binary)
        default: throw .against("it begins a WebSocket message inside another")
        }
        message?.bytes.reserveCapacity(sofar + head.length)
    }

    private mutating func readPayload(
        _ rest: inout Slice<UnsafeRawBufferPointer>, _ each: (Event) -> Void
    ) throws(WebSocketViolation) -> Bool {
        let piece = rest.prefix(missing)
        rest = rest.dropFirst(piece.count)
        missing -= piece.count
        guard let head = frame else { return false }
        if head.isControl { control.append(contentsOf: piece) } else { message?.bytes.append(contentsOf: piece) }
        guard missing == 0 else { return false }
        frame = nil
        if head.isControl { return try endControl(head.opcode, each) }
        if head.isFinal, let whole = message.take() { each(.message(whole)) }
        return true
    }

    private mutating func endControl(
        _ opcode: WebSocketOpcode, _ each: (Event) -> Void
    ) throws(WebSocketViolation) -> Bool {
        switch opcode {
        case .ping: each(.ping(control))
        case .pong: each(.pong(control))
        default:
            isClosed = true
            each(.close(try closing()))
        }
        return true
    }

    private func closing() throws(WebSocketViolation) -> WebSocketClose {
        guard !control.isEmpty else { return WebSocketClose() }
        guard control.count >= 2 else { throw .against("its closing frame is cut short") }
        return WebSocketClose(
            code: UInt16(control[0]) << 8 | UInt16(control[1]), reason: String(decoding: control[2...], as: UTF8.self))
    }
}
