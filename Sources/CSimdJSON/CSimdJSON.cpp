#include "CSimdJSON.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>

using simdjson::internal::tape_type;

struct midwatch_json_parser {
    simdjson::dom::parser parser;
    simdjson::dom::document scratch;
    std::unique_ptr<uint8_t[]> padded;
    size_t capacity;
};

namespace {
constexpr uint64_t payload_mask = 0x00FFFFFFFFFFFFFF;

uint8_t type_of(uint64_t word) { return uint8_t(word >> 56); }

// The word before a number's raw bits: its type over an empty payload.
bool is_number_tag(uint64_t word) {
    auto type = tape_type(type_of(word));
    return (word & payload_mask) == 0
        && (type == tape_type::INT64 || type == tape_type::UINT64 || type == tape_type::DOUBLE);
}

size_t end_of_string(uint64_t word, const uint8_t *strings) {
    size_t start = size_t(word & payload_mask);
    uint32_t length;
    std::memcpy(&length, strings + start, sizeof length);
    return start + sizeof length + length + 1;
}

size_t end_of_strings_forward(const uint64_t *words, size_t count, const uint8_t *strings) {
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        if (tape_type(type_of(words[i])) == tape_type::STRING) {
            end = end_of_string(words[i], strings);
        } else if (is_number_tag(words[i])) {
            i++;
        }
    }
    return end;
}

// simdjson does not tell how much of the string buffer it used. Strings are written in the order of the tape, so the
// last string word tells. Going backwards, a word that looks like a string may be the raw bits of a number, but only
// right behind a number's tag; that rare case is settled from the front.
size_t end_of_strings(const uint64_t *words, size_t count, const uint8_t *strings) {
    for (size_t i = count; i-- > 1;) {
        if (tape_type(type_of(words[i])) != tape_type::STRING) { continue; }
        if (is_number_tag(words[i - 1])) { return end_of_strings_forward(words, count, strings); }
        return end_of_string(words[i], strings);
    }
    return 0;
}
}  // namespace

midwatch_json_parser *midwatch_json_parser_new(size_t capacity, size_t depth) {
    std::unique_ptr<midwatch_json_parser> made(new (std::nothrow) midwatch_json_parser());
    if (!made) { return nullptr; }
    if (capacity < 64) { capacity = 64; }
    made->capacity = capacity;
    if (made->parser.allocate(capacity, depth) || made->scratch.allocate(capacity)) { return nullptr; }
    return made.release();
}

void midwatch_json_parser_free(midwatch_json_parser *parser) { delete parser; }

int midwatch_json_parse(
    midwatch_json_parser *parser, const uint8_t *bytes, size_t length, int padded, midwatch_json_tape *tape) {
    if (length > parser->capacity) { return simdjson::CAPACITY; }
    if (!padded) {
        if (!parser->padded) {
            parser->padded.reset(new (std::nothrow) uint8_t[parser->capacity + simdjson::SIMDJSON_PADDING]);
            if (!parser->padded) { return simdjson::MEMALLOC; }
        }
        if (length > 0) { std::memcpy(parser->padded.get(), bytes, length); }
        bytes = parser->padded.get();
    }
    auto error = parser->parser.parse_into_document(parser->scratch, bytes, length, false).error();
    if (error) { return error; }

    const uint64_t *words = parser->scratch.tape.get();
    const uint8_t *strings = parser->scratch.string_buf.get();
    size_t count = size_t(words[0] & payload_mask);
    size_t used = end_of_strings(words, count, strings);
    auto *block = static_cast<uint64_t *>(std::malloc(count * sizeof(uint64_t) + used));
    if (!block) { return simdjson::MEMALLOC; }
    std::memcpy(block, words, count * sizeof(uint64_t));
    tape->words = block;
    tape->word_count = count;
    tape->strings = reinterpret_cast<uint8_t *>(block + count);
    tape->string_bytes = used;
    if (used > 0) { std::memcpy(tape->strings, strings, used); }
    return 0;
}

void midwatch_json_free(uint64_t *words) { std::free(words); }

const char *midwatch_json_message(int code) { return simdjson::error_message(simdjson::error_code(code)); }
