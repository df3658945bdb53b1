#ifndef MIDWATCH_CSIMDJSON_H
#define MIDWATCH_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// simdjson's DOM parser with the scratch memory for documents of up to one fixed length. One thread at a time.
typedef struct midwatch_json_parser midwatch_json_parser;

/// A parsed document in one block of its own: the tape, then the bytes of its strings (simdjson's doc/tape.md).
/// `words` is the block's address, to be released with midwatch_json_free.
typedef struct midwatch_json_tape {
    uint64_t *words;
    size_t word_count;
    uint8_t *strings;
    size_t string_bytes;
} midwatch_json_tape;

/// A parser for documents of up to `capacity` bytes, or NULL when memory is short.
midwatch_json_parser *midwatch_json_parser_new(size_t capacity, size_t depth);
void midwatch_json_parser_free(midwatch_json_parser *parser);

/// Parses one document; 0 or simdjson's error code. `padded` says that 64 bytes past the end may be read.
int midwatch_json_parse(
    midwatch_json_parser *parser, const uint8_t *bytes, size_t length, int padded, midwatch_json_tape *tape);
void midwatch_json_free(uint64_t *words);

/// simdjson's own words for an error code; a constant.
const char *midwatch_json_message(int code);

#ifdef __cplusplus
}
#endif
#endif
