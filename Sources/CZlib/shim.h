#pragma once
#include <zlib.h>

// `inflateInit2` is a macro, which Swift does not see: gzip members, the largest window.
static inline __attribute__((unused)) int zlib_begin_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}

// The bare stream of a ZIP entry.
static inline __attribute__((unused)) int zlib_begin_raw(z_stream *stream) {
  return inflateInit2(stream, -15);
}
