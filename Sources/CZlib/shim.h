#ifndef MIDWATCH_CZLIB_SHIM_H
#define MIDWATCH_CZLIB_SHIM_H

#include <zlib.h>

// deflateInit2 and inflateInit2 are macros that add the version and the size of the stream.
static inline int czlib_deflate_start(z_streamp stream, int level, int window) {
    return deflateInit2(stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
}
static inline int czlib_inflate_start(z_streamp stream, int window) { return inflateInit2(stream, window); }

#endif
