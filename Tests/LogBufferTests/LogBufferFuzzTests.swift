import Model
import Pattern
import Testing

@testable import LogBuffer

@Suite("A log under random feeding")
struct LogBufferFuzzTests {
    private func randomLine(_ random: inout Seeded, origin: LogOrigin) -> LogLine {
        // Ends and beginnings that would make a needle together, were they one line.
        let begin = ["", "le", "needle"][Int.random(in: 0..<3, using: &random)]
        let end = ["", "need", "ERROR"][Int.random(in: 0..<3, using: &random)]
        let text = begin + String(repeating: "x", count: Int.random(in: 0..<20, using: &random)) + end
        let time = Double(Int.random(in: 1...300, using: &random)) / 3
        let pod = "web-\(Int.random(in: 0..<3, using: &random))"
        return origin == .live ? live(time, text, pod: pod) : history(time.rounded(.down), text, pod: pod)
    }

    @Test("lines stay in order, figures true, and a filter kept up equals one made anew", arguments: 0..<8)
    func invariants(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let log = LogBuffer(budget: 64 << 10)
        let filter = try LogFilter(include: [Pattern("needle", syntax: .text)], context: Int(seed % 4))
        var filtered = FilteredLog(filter)
        var offered = 0
        for _ in 0..<30 {
            let origin: LogOrigin = Int.random(in: 0..<3, using: &random) == 0 ? .history : .live
            let batch = (0..<Int.random(in: 1...100, using: &random)).map { _ in randomLine(&random, origin: origin) }
            if origin == .live { log.append(batch) } else { log.prepend(batch) }
            offered += batch.count
            let snapshot = log.snapshot()
            filtered.update(to: snapshot)
            let lines = (0..<snapshot.count).map { snapshot.line(at: $0) }
            let counters = snapshot.counters
            #expect(lines.compactMap(\.time) == lines.compactMap(\.time).sorted())
            #expect(counters.lines == lines.count && counters.heldBytes == lines.reduce(0) { $0 + $1.text.count + 24 })
            #expect(counters.lines + counters.evicted + counters.doubles <= offered)
            #expect(filtered.texts == FilteredLog(filter, of: snapshot).texts)
            #expect(filtered.matchCount == lines.count { $0.string.contains("needle") })
            #expect(lines.indices.allSatisfy { snapshot.position(of: lines[$0].id) == $0 })
        }
        #expect(log.counters.doubles > 0)
    }
}
