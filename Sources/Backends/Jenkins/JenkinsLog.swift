import HTTP
import JSON
import Model

/// Reads one run's console log piece by piece: the end first, so that a huge log shows at once, then what is written.
///
/// A plain state machine around `logText/progressiveText`; whoever polls it decides how often. Throws `ServiceError`.
public struct JenkinsLog: Sendable {
    /// How much of the end of a long log is read at first.
    static let tailBytes = 64 << 10

    public struct Piece: Sendable, Equatable {
        /// Whole lines, hidden notes taken out. A last line without end comes once the run is over.
        public var lines: [[UInt8]]
        /// The run still writes: ask again.
        public var isGrowing: Bool
        /// Bytes before the first line that were not read; 0 when the log is here from its beginning.
        public var skippedBytes: Int
    }

    private let client: JenkinsClient
    private let run: RunReference
    private let wholeLog: Bool
    private var offset: Int?
    private var skipped = 0
    private var isCuttingFirstLine = false
    private var stripper = ConsoleNoteStripper()
    private var frames = NewlineFrames(longest: 1 << 20, overlong: .cut)

    public init(_ client: JenkinsClient, run: RunReference, wholeLog: Bool = false) {
        self.client = client
        self.run = run
        self.wholeLog = wholeLog
    }

    /// What the log has more of since the last call.
    public mutating func next() async throws -> Piece {
        let start = try await startOffset()
        let operation = "read the log of \(run.job) #\(run.number)"
        let address = client.address(of: run).path("/logText/progressiveText").asking("start", String(start))
        let response = try await client.caller.send(operation, client.request(address))
        if ForeignWords.isWebPage(response), response.headers["X-Text-Size"] == nil {
            throw client.caller.failure(operation, .webPage(title: ForeignWords.title(response.body)))
        }
        let isGrowing = response.headers["X-More-Data"]?.lowercased() == "true"
        let end = response.headers["X-Text-Size"].flatMap { Int($0) } ?? start + response.body.count
        // A log that became shorter was begun anew; the server then starts at 0 by itself.
        offset = max(0, end)
        return Piece(
            lines: try lines(in: response.body, isLast: !isGrowing), isGrowing: isGrowing, skippedBytes: skipped)
    }

    private mutating func startOffset() async throws -> Int {
        if let offset { return offset }
        let size = wholeLog ? 0 : try await size()
        let start = max(0, size - Self.tailBytes)
        skipped = start
        isCuttingFirstLine = start > 0
        return start
    }

    /// The log's size so far; 0 where the server does not tell, which means reading from the beginning.
    private func size() async throws -> Int {
        let address = client.address(of: run).path("/logText/progressiveText").asking("start", "0")
        let operation = "read the log of \(run.job) #\(run.number)"
        do {
            let response = try await client.caller.send(operation, client.request(address, .head))
            return max(0, response.headers["X-Text-Size"].flatMap { Int($0) } ?? 0)
        } catch let error as ServiceError {
            // Some proxies refuse HEAD; the log itself may be readable all the same.
            if case .status(405, _) = error.cause { return 0 }
            throw error
        }
    }

    private mutating func lines(in bytes: [UInt8], isLast: Bool) throws -> [[UInt8]] {
        var lines = try frames.lines(in: stripper.strip(bytes))
        if isLast {
            lines += try frames.lines(in: stripper.finish())
            if let rest = frames.finish() { lines.append(rest) }
        }
        if isCuttingFirstLine, !lines.isEmpty {
            skipped += lines.removeFirst().count + 1
            isCuttingFirstLine = false
        }
        return lines.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : $0 }
    }
}
