import CPCRE2
import Synchronization

/// A pattern that PCRE2 has compiled to machine code, for plain text and regular expressions alike.
///
/// Plain text goes through PCRE2 too: its search for the first characters uses the widest registers there are.
// Unchecked: PCRE2 does not change compiled code while matching; what changes is per thread (MatchScratch).
final class CompiledPattern: @unchecked Sendable {
    /// How many texts were given up because the match became too costly.
    let givenUp = Atomic<Int>(0)

    private let code: OpaquePointer

    init(_ source: String, isLiteral: Bool, isCaseSensitive: Bool) throws(PatternError) {
        let options = Self.options(for: source, isLiteral: isLiteral, isCaseSensitive: isCaseSensitive)
        var failure: Int32 = 0
        var offset = 0
        var text = source
        let compiled = text.withUTF8 { bytes in
            pcre2_compile_8(bytes.baseAddress, bytes.count, options, &failure, &offset, nil)
        }
        guard let compiled else {
            let words = Self.words(for: failure)
            throw PatternError(message: "the pattern is wrong at byte \(offset): \(words)", offset: offset)
        }
        code = compiled
        // Where there is no JIT (no memory may be made executable), the same match goes through PCRE2's interpreter.
        pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    }

    deinit { pcre2_code_free_8(code) }

    func firstRange(in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Range<Int>? {
        guard from >= 0, from <= bytes.count else { return nil }
        let scratch = MatchScratch.ofThisThread
        let result = pcre2_match_8(code, bytes.baseAddress, bytes.count, from, 0, scratch.matchData, scratch.context)
        guard result >= 0 else {
            if result != PCRE2_ERROR_NOMATCH { givenUp.add(1, ordering: .relaxed) }
            return nil
        }
        guard let pair = pcre2_get_ovector_pointer_8(scratch.matchData) else { return nil }
        // \K in a lookahead may put the start behind the end.
        return min(pair[0], pair[1])..<max(pair[0], pair[1])
    }

    /// Without UTF, bytes are characters, which is faster and just as right where the pattern names its bytes one by one.
    private static func options(for source: String, isLiteral: Bool, isCaseSensitive: Bool) -> UInt32 {
        var options = UInt32(PCRE2_NEVER_BACKSLASH_C)
        if isLiteral { options = UInt32(PCRE2_LITERAL) }
        if !isCaseSensitive { options |= UInt32(PCRE2_CASELESS) }
        let isASCII = source.utf8.allSatisfy { $0 < 0x80 }
        let bytesWillDo = isLiteral && (isCaseSensitive || isASCII)
        return bytesWillDo ? options : options | UInt32(PCRE2_UTF) | UInt32(PCRE2_MATCH_INVALID_UTF)
    }

    private static func words(for failure: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pcre2_get_error_message_8(failure, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
