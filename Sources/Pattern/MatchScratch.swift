import CPCRE2
import Glibc

/// What PCRE2 writes while it matches, one a thread, made at a thread's first match and freed at its end.
final class MatchScratch {
    /// Backtracking steps after which a match is given up: some milliseconds' worth.
    private static let stepLimit: UInt32 = 1_000_000
    /// KiB of heap for the interpreter, and bytes of stack for machine code.
    private static let heapLimit: UInt32 = 16 << 10
    private static let stackLimit = 1 << 20

    let matchData: OpaquePointer
    let context: OpaquePointer
    private let stack: OpaquePointer?

    private init() {
        guard let matchData = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
            fatalError("no memory for a few hundred bytes")
        }
        self.matchData = matchData
        self.context = context
        stack = pcre2_jit_stack_create_8(32 << 10, Self.stackLimit, nil)
        pcre2_set_match_limit_8(context, Self.stepLimit)
        pcre2_set_heap_limit_8(context, Self.heapLimit)
        if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    }

    deinit {
        pcre2_match_data_free_8(matchData)
        pcre2_match_context_free_8(context)
        if let stack { pcre2_jit_stack_free_8(stack) }
    }

    static var ofThisThread: MatchScratch {
        if let held = pthread_getspecific(key) {
            return Unmanaged<MatchScratch>.fromOpaque(held).takeUnretainedValue()
        }
        let made = MatchScratch()
        pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
        return made
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let failure = pthread_key_create(&key) { held in
            guard let held else { return }
            Unmanaged<MatchScratch>.fromOpaque(held).release()
        }
        precondition(failure == 0, "no thread-specific storage left")
        return key
    }()
}
