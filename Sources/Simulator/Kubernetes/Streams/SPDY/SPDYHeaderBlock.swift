import CZlib

/// The header blocks of one direction: name and value pairs in one zlib stream that lasts as long as the connection.
///
/// Used by one task at a time; the zlib state must not move, so it lives on the heap.
final class SPDYHeaderBlock {
    enum Problem: Error { case corrupt, tooLarge }

    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let deflates: Bool
    private static let limit = 1 << 16

    /// - Parameter deflates: whether blocks are written, as against read.
    init(deflates: Bool) {
        self.deflates = deflates
        stream.initialize(to: z_stream())
        if deflates {
            _ = czlib_deflate_start(stream, Z_DEFAULT_COMPRESSION, MAX_WBITS)
            SPDYDictionary.bytes.withUnsafeBufferPointer {
                _ = deflateSetDictionary(stream, $0.baseAddress, uInt($0.count))
            }
        } else {
            _ = czlib_inflate_start(stream, MAX_WBITS)
        }
    }

    deinit {
        if deflates { deflateEnd(stream) } else { inflateEnd(stream) }
        stream.deallocate()
    }

    func written(_ headers: [String: String]) -> [UInt8] {
        var plain = SPDYFrame.number(headers.count)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            plain += SPDYFrame.number(name.utf8.count) + Array(name.utf8)
            plain += SPDYFrame.number(value.utf8.count) + Array(value.utf8)
        }
        var out = [UInt8](repeating: 0, count: plain.count + 256)
        plain.withUnsafeMutableBufferPointer { source in
            out.withUnsafeMutableBufferPointer { target in
                (stream.pointee.next_in, stream.pointee.avail_in) = (source.baseAddress, uInt(source.count))
                (stream.pointee.next_out, stream.pointee.avail_out) = (target.baseAddress, uInt(target.count))
                _ = deflate(stream, Z_SYNC_FLUSH)
            }
        }
        return Array(out.prefix(out.count - Int(stream.pointee.avail_out)))
    }

    func read(_ block: [UInt8]) throws -> [String: String] {
        var plain: [UInt8] = []
        var block = block
        var buffer = [UInt8](repeating: 0, count: 4096)
        try block.withUnsafeMutableBufferPointer { source in
            (stream.pointee.next_in, stream.pointee.avail_in) = (source.baseAddress, uInt(source.count))
            repeat {
                let status = buffer.withUnsafeMutableBufferPointer { target in
                    (stream.pointee.next_out, stream.pointee.avail_out) = (target.baseAddress, uInt(target.count))
                    return inflate(stream, Z_SYNC_FLUSH)
                }
                if status == Z_NEED_DICT {
                    let dictionary = SPDYDictionary.bytes
                    guard inflateSetDictionary(stream, dictionary, uInt(dictionary.count)) == Z_OK else {
                        throw Problem.corrupt
                    }
                    continue
                }
                guard status == Z_OK || status == Z_BUF_ERROR else { throw Problem.corrupt }
                plain += buffer.prefix(buffer.count - Int(stream.pointee.avail_out))
                guard plain.count <= Self.limit else { throw Problem.tooLarge }
            } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
        }
        return try Self.pairs(plain)
    }

    private static func pairs(_ plain: [UInt8]) throws -> [String: String] {
        var rest = plain[...]
        func number() throws -> Int {
            guard rest.count >= 4 else { throw Problem.corrupt }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        }
        func text() throws -> String {
            let count = try number()
            guard count <= rest.count else { throw Problem.corrupt }
            defer { rest = rest.dropFirst(count) }
            return String(decoding: rest.prefix(count), as: UTF8.self)
        }
        var headers: [String: String] = [:]
        for _ in 0..<(try number()) {
            let name = try text()
            headers[name] = try text()
        }
        return headers
    }
}
