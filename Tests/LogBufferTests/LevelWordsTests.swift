import Model
import Testing

@testable import LogBuffer

@Suite("How loud a line is")
struct LevelWordsTests {
    private func level(_ text: String) -> LogLevel {
        Array(text.utf8).withUnsafeBufferPointer { LevelWords.level(of: $0) }
    }

    @Test("klog's first letter")
    func klog() {
        #expect(level("E0102 15:04:05.678901       1 reflector.go:138] failed") == .error)
        #expect(level("W1122 00:00:00.000000       1 x.go:1] INFO") == .warning)
        #expect(level("I1122 00:00:00.000000") == .info)
        #expect(level("F1122 00:00:00.000000") == .fatal)
        #expect(level("E01x2 15:04") == .unknown)
    }

    @Test("the member of a JSON line, by name or by number")
    func json() {
        #expect(level(#"{"ts":1.5,"level":"warn","msg":"ERROR in text"}"#) == .warning)
        #expect(level(#"{"severity": "CRITICAL"}"#) == .fatal)
        #expect(level(#"{"log.level":"debug","message":"x"}"#) == .debug)
        #expect(level(#"{"level":30,"time":1,"msg":"x"}"#) == .info)
        #expect(level(#"{"message":"level","x":1}"#) == .unknown)
        #expect(level(#"{"message":"ERROR"}"#) == .unknown)
        #expect(level(#"{"level":"#) == .unknown)
    }

    @Test("a word in capitals near the start")
    func words() {
        #expect(level("2026-11-22T13:00:00.000Z ERROR [main] shop.Cart: boom") == .error)
        #expect(level("2026-11-22 13:00:00,000 - WARNING - slow") == .warning)
        #expect(level("[INFO] ready, no ERROR so far") == .info)
        #expect(level("13:00:00 INF started") == .info)
        #expect(level("\u{1b}[31mFATAL\u{1b}[0m no memory") == .fatal)
        #expect(level("2026/11/22 TRACE|x") == .trace)
    }

    @Test("a word in small letters only where loggers put one")
    func smallLetters() {
        #expect(level("2026/11/22 13:00:00 [error] 7#7: *1 open() failed") == .error)
        #expect(level("time=2026 level=warning msg=\"x\"") == .warning)
        #expect(level("2026-11-22T13:00:00Z\tinfo\tcontroller\tready") == .info)
        #expect(level("panic: runtime error: index out of range") == .fatal)
        #expect(level("there was an error somewhere") == .unknown)
    }

    @Test("a path, a part of a word or a word far behind is none")
    func none() {
        #expect(level("GET /ERROR HTTP/1.1") == .unknown)
        #expect(level("TERRORS MYINFO") == .unknown)
        #expect(level(String(repeating: "x ", count: 100) + "ERROR") == .unknown)
        #expect(level("") == .unknown)
        #expect(level("   ") == .unknown)
    }

    @Test("an indented line goes with the one before it, of the same pod")
    func continuation() {
        let log = LogBuffer()
        log.append([
            live(1, "ERROR boom"), live(2, "\tat shop.Cart.add"), live(3, "  plain", pod: "web-2"), live(4, "done"),
            live(5, "  indented"),
        ])
        #expect((0..<5).map { log.snapshot().line(at: $0).level } == [.error, .error, .unknown, .unknown, .unknown])
    }
}
