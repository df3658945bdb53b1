import CZlib

/// Gzip of a whole buffer, as Helm packs its releases.
enum Gzip {
    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // 16 more than the largest window means gzip's own head and tail.
        guard czlib_deflate_start(&stream, 9, 15 + 16) == Z_OK else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let made = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { preconditionFailure("zlib needs more room") }
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<made])
    }
}
