/// A token, password or key on its way from a file to a request: printing or logging it shows that it is there, no more.
struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isEmpty: Bool { bytes.isEmpty }
    var revealedBytes: [UInt8] { bytes }
    var revealedText: String { String(decoding: bytes, as: UTF8.self) }

    var description: String { bytes.isEmpty ? "none" : "hidden" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
