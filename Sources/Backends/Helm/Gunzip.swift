import CZlib

/// Inflates gzip, with a bound on what comes out: what a release secret holds is somebody's chart.
enum Gunzip {
    enum Fault: Error { case broken, tooLarge }

    /// - Parameter limit: bytes of output at most.
    static func inflate(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var stream = z_stream()
        // 16 more than the largest window means gzip's own head and tail.
        guard czlib_inflate_start(&stream, 15 + 16) == Z_OK else { throw Fault.broken }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        var bytes = bytes
        return try bytes.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while true {
                let (code, made) = piece.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    let code = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return (code, buffer.count - Int(stream.avail_out))
                }
                guard code == Z_OK || code == Z_STREAM_END else { throw Fault.broken }
                output += piece[..<made]
                guard output.count <= limit else { throw Fault.tooLarge }
                if code == Z_STREAM_END { return output }
                guard made > 0 || stream.avail_in > 0 else { throw Fault.broken }
            }
        }
    }
}
