import CSimdJSON
import Synchronization

/// Parsers that are kept between documents, so that a watch stream or a run of pages does not allocate anew each time.
///
/// Two sizes are kept: small ones for single objects and watch events, one for a page of a list. A parser for anything
/// longer lives for one document only, so that one huge answer does not hold memory for ever.
struct JSONParserPool: ~Copyable, Sendable {
    static let shared = JSONParserPool()

    /// How deep arrays and objects may nest.
    static let depth = 1024
    private static let smallCapacity = 64 << 10
    private static let pageCapacity = 2 << 20

    private struct Idle {
        var small: [OpaqueParser] = []
        var page: [OpaqueParser] = []
    }

    private let idle = Mutex(Idle())

    /// Runs `body` with a parser for `length` bytes; nil when memory is short.
    func withParser<R>(for length: Int, _ body: (OpaquePointer) -> R) -> R? {
        guard let parser = take(for: length) else { return nil }
        let result = body(parser.pointer)
        put(back: parser)
        return result
    }

    /// Gives back what is kept for pages, for after a long list.
    func releasePages() {
        let pages = idle.withLock { idle in
            defer { idle.page = [] }
            return idle.page
        }
        for page in pages { midwatch_json_parser_free(page.pointer) }
    }

    private func take(for length: Int) -> OpaqueParser? {
        let kept = idle.withLock { idle in
            if length <= Self.smallCapacity { return idle.small.popLast() }
            if length <= Self.pageCapacity { return idle.page.popLast() }
            return nil
        }
        return kept ?? OpaqueParser(capacity: capacity(for: length))
    }

    private func capacity(for length: Int) -> Int {
        if length <= Self.smallCapacity { return Self.smallCapacity }
        if length <= Self.pageCapacity { return Self.pageCapacity }
        return length
    }

    private func put(back parser: OpaqueParser) {
        let kept = idle.withLock { idle in
            if parser.capacity == Self.smallCapacity, idle.small.count < 4 {
                idle.small.append(parser)
                return true
            }
            if parser.capacity == Self.pageCapacity, idle.page.isEmpty {
                idle.page.append(parser)
                return true
            }
            return false
        }
        if !kept { midwatch_json_parser_free(parser.pointer) }
    }
}

// Unchecked: a parser is in the pool or with exactly one caller, never both.
private struct OpaqueParser: @unchecked Sendable {
    let pointer: OpaquePointer
    let capacity: Int

    init?(capacity: Int) {
        guard let pointer = midwatch_json_parser_new(capacity, JSONParserPool.depth) else { return nil }
        self.pointer = pointer
        self.capacity = capacity
    }
}
