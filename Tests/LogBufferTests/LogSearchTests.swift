import Pattern
import Testing

@testable import LogBuffer

@Suite("Searching a log")
struct LogSearchTests {
    private static let log: LogSnapshot = {
        let log = LogBuffer()
        log.append((0..<10_000).map { live(Double($0), $0 % 4_000 == 7 ? "needle \($0)" : "hay \($0)") })
        return log.snapshot()
    }()

    private func needle() throws -> LogFilter { try LogFilter(include: [Pattern("needle", syntax: .text)]) }

    @Test("goes to older and to newer lines, from the line itself on")
    func directions() throws {
        #expect(try Self.log.search(needle(), from: 9_999, .older) == .found(8_007))
        #expect(try Self.log.search(needle(), from: 8_006, .older) == .found(4_007))
        #expect(try Self.log.search(needle(), from: 8_007, .older) == .found(8_007))
        #expect(try Self.log.search(needle(), from: 6, .older) == .nothing)
        #expect(try Self.log.search(needle(), from: 8, .newer) == .found(4_007))
        #expect(try Self.log.search(needle(), from: 8_008, .newer) == .nothing)
    }

    @Test("positions outside of the log are brought inside or find nothing")
    func outside() throws {
        #expect(try Self.log.search(needle(), from: .max, .older) == .found(8_007))
        #expect(try Self.log.search(needle(), from: -5, .newer) == .found(7))
        #expect(try Self.log.search(needle(), from: -1, .older) == .nothing)
        #expect(try Self.log.search(needle(), from: 10_000, .newer) == .nothing)
        #expect(try LogSnapshot.empty.search(needle(), from: 0, .older) == .nothing)
    }

    @Test("looks at no more lines than allowed and says where to go on")
    func bounded() throws {
        #expect(try Self.log.search(needle(), from: 9_999, .older, limit: 1_000) == .unfinished(8_999))
        #expect(try Self.log.search(needle(), from: 8_999, .older, limit: 993) == .found(8_007))
        #expect(try Self.log.search(needle(), from: 8, .newer, limit: 3_999) == .unfinished(4_007))
    }

    @Test("off the main thread it comes to the same, and ends with its task")
    func asynchronous() async throws {
        let filter = try needle()
        #expect(try await Self.log.firstMatch(filter, from: 9_999, .older) == 8_007)
        #expect(try await Self.log.firstMatch(filter, from: 8_008, .newer) == nil)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Self.log.firstMatch(filter, from: 0, .newer)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("the next loud line is found by its level")
    func byLevel() {
        let log = LogBuffer()
        log.append([live(1, "INFO a"), live(2, "WARN b"), live(3, "INFO c")])
        #expect(log.snapshot().search(LogFilter(minimumLevel: .warning), from: 0, .newer) == .found(1))
    }

    @Test("the places of a pattern in a line are given for marking")
    func marks() throws {
        #expect(try Self.log.ranges(of: Pattern("e", syntax: .text), at: 7) == [1..<2, 2..<3, 5..<6])
    }
}
