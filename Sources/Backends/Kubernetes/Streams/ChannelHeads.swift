import Synchronization

/// The port number that each channel of a forward begins with, in two bytes of which the low one comes first.
final class ChannelHeads: Sendable {
    private let expected: [UInt8]
    private let seen = Mutex<[UInt8: [UInt8]]>([:])

    init(port: Int) { expected = [UInt8(port & 0xFF), UInt8(port >> 8 & 0xFF)] }

    /// What comes after the head.
    func strip(_ channel: UInt8, _ bytes: ArraySlice<UInt8>, _ path: APIPath) throws -> ArraySlice<UInt8> {
        guard channel < 2 else {
            throw KubernetesError.decoding(
                target: path.path, cause: "it uses channel \(channel), which was not asked for")
        }
        return try seen.withLock { seen in
            let head = seen[channel, default: []]
            guard head.count < 2 else { return bytes }
            let missing = bytes.prefix(2 - head.count)
            seen[channel] = head + missing
            guard seen[channel]!.count < 2 || seen[channel]! == expected else {
                throw KubernetesError.decoding(target: path.path, cause: "it forwards another port than was asked for")
            }
            return bytes.dropFirst(missing.count)
        }
    }
}
