import Model
import Testing

@testable import Backends

struct KubernetesLogReadingTests {
    private let source = LogSource(namespace: "odd", pod: "running-ok", container: "app")

    private func read(_ lines: [String], _ reading: inout LogReading) -> [String] {
        lines.compactMap { line in
            var line = line
            return line.withUTF8 { reading.line($0) }.map { String(decoding: $0.text, as: UTF8.self) }
        }
    }

    @Test("a stamped line is split into its time and its text, tabs and blanks kept")
    func split() throws {
        var reading = LogReading(source: source)
        let lines = try KubernetesFixture.text("logs/follow").split(separator: "\n").map(String.init)
        let first = try #require(Array(lines[1].utf8).withUnsafeBufferPointer { reading.line($0) })
        #expect(first.time == Timestamp(rfc3339: "2026-11-22T13:17:43Z"))
        #expect(String(decoding: first.text, as: UTF8.self).hasPrefix("\tat com.example.shop.Pool.take"))
        #expect(first.source == source)
        #expect(first.origin == .live)
    }

    @Test("an empty line and a line without a stamp are lines")
    func oddLines() {
        var reading = LogReading(source: source)
        let lines = ["2026-11-22T13:17:43Z first", "2026-11-22T13:17:44Z ", "no stamp here"]
        #expect(read(lines, &reading) == ["first", "", "no stamp here"])
    }

    @Test("after a break the last second is repeated by the server and left out here")
    func resumed() {
        var reading = LogReading(source: source)
        let before = ["2026-11-22T13:17:42.9Z a", "2026-11-22T13:17:43.1Z b", "2026-11-22T13:17:43.2Z c"]
        #expect(read(before, &reading) == ["a", "b", "c"])
        #expect(reading.resumption?.rfc3339 == "2026-11-22T13:17:43Z")
        reading.resume()
        let after = [
            "2026-11-22T13:17:43.1Z b", "2026-11-22T13:17:43.2Z c", "2026-11-22T13:17:43.3Z d",
            "2026-11-22T13:17:44Z e",
        ]
        #expect(read(after, &reading) == ["d", "e"])
    }

    @Test("what stands before the first line of a tail is not told after a break")
    func beforeTheTail() {
        var reading = LogReading(source: source)
        #expect(read(["2026-11-22T13:17:43.5Z b"], &reading) == ["b"])
        reading.resume()
        #expect(
            read(["2026-11-22T13:17:43.1Z a", "2026-11-22T13:17:43.5Z b", "2026-11-22T13:17:43.6Z c"], &reading) == [
                "c"
            ])
    }

    @Test("equal lines are counted: two before the break hide two, not three")
    func equalLines() {
        var reading = LogReading(source: source)
        let line = "2026-11-22T13:17:43Z same"
        #expect(read([line, line], &reading) == ["same", "same"])
        reading.resume()
        #expect(read([line, line, line], &reading) == ["same"])
    }

    @Test("a second break in the same second still hides what came before the first")
    func twoBreaks() {
        var reading = LogReading(source: source)
        #expect(read(["2026-11-22T13:17:43.1Z a"], &reading) == ["a"])
        reading.resume()
        #expect(read(["2026-11-22T13:17:43.1Z a", "2026-11-22T13:17:43.2Z b"], &reading) == ["b"])
        reading.resume()
        #expect(
            read(
                ["2026-11-22T13:17:43.1Z a", "2026-11-22T13:17:43.2Z b", "2026-11-22T13:17:43.3Z c"], &reading) == ["c"]
        )
    }

    @Test("a line that was stamped out of order is not lost")
    func outOfOrder() {
        var reading = LogReading(source: source)
        let before = ["2026-11-22T13:17:43.1Z first", "2026-11-22T13:17:43.5Z out", "2026-11-22T13:17:43.4Z err"]
        #expect(read(before, &reading) == ["first", "out", "err"])
        reading.resume()
        #expect(read(before + ["2026-11-22T13:17:43.3Z late"], &reading) == ["late"])
    }
}
