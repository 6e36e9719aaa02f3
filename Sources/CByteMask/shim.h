// Where the fields of delimited text end, 64 bytes at a time, and the checksum of a block.
//
// Everything is `static inline`, so that Swift compiles it into its own loops and no C source is
// built. One body is compiled for each instruction set; `bytemask_level` says which the machine
// has.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// What is carried from one word of 64 bytes to the next.
typedef struct {
  // All ones while a quoted field is open, else zero.
  uint64_t inside;
  // One where a quote that comes next opens a field or doubles the quote before it.
  uint64_t opens;
  // Quotes found in the middle of a plain field: the masks of this block can't be used.
  uint64_t stray;
  // Line breaks found inside quoted fields.
  uint64_t quoted_breaks;
} bytemask_quotes;

// Where separators were written to, and how many.
typedef struct {
  // Positions of delimiters and line breaks outside quotes; room for 64 more than there are bytes.
  uint32_t *positions;
  size_t position_count;
  // For each line break outside quotes its index in `positions`; a scan that only counts line breaks
  // leaves it alone.
  uint32_t *row_ends;
  size_t row_count;
} bytemask_index;

typedef struct {
  uint64_t delimiters, breaks, quotes;
} bytemask_word;

#define BYTEMASK_INLINE static inline __attribute__((always_inline, unused))

// Asks for the line of memory that will be read soon.
BYTEMASK_INLINE void bytemask_prefetch(const void *address) { __builtin_prefetch(address); }

BYTEMASK_INLINE uint64_t bytemask_prefix_xor(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// Notes where the line breaks stand among the separators of a word. One end is written whether there is
// one or not.
BYTEMASK_INLINE void bytemask_note_ends(bytemask_index *out, uint64_t separators, uint64_t ends) {
  out->row_ends[out->row_count] =
      (uint32_t)(out->position_count +
                 (size_t)__builtin_popcountll(separators & ((ends & -ends) - 1)));
  out->row_count += ends != 0;
  for (uint64_t more = ends & (ends - 1); __builtin_expect(more != 0, 0); more &= more - 1) {
    out->row_ends[out->row_count++] =
        (uint32_t)(out->position_count +
                   (size_t)__builtin_popcountll(separators & ((more & -more) - 1)));
  }
}

// One word's masks become separator positions and row ends (or their number); the quote state moves on.
//
// Eight positions are written whatever their number, and the count moves by as many as there were:
// a branch that depends on the data would cost more than the stores.
#define BYTEMASK_EMIT(word, inside_mask, base, quotes_state, out, flatten, wants_ends)         \
  do {                                                                                       \
    uint64_t inside = (inside_mask) ^ (quotes_state)->inside;                                \
    uint64_t edges = (word).delimiters | (word).breaks;                                      \
    uint64_t before = ((edges | (word).quotes) << 1) | (quotes_state)->opens;                \
    (quotes_state)->stray |= (word).quotes & inside & ~before;                               \
    (quotes_state)->quoted_breaks |= (word).breaks & inside;                                 \
    (quotes_state)->opens = (edges | (word).quotes) >> 63;                                   \
    (quotes_state)->inside = (uint64_t)((int64_t)inside >> 63);                              \
    uint64_t separators = edges & ~inside;                                                   \
    uint64_t ends = (word).breaks & ~inside;                                                 \
    size_t count = (size_t)__builtin_popcountll(separators);                                 \
    if (wants_ends) {                                                                        \
      bytemask_note_ends((out), separators, ends);                                           \
    } else {                                                                                 \
      (out)->row_count += (size_t)__builtin_popcountll(ends);                                \
    }                                                                                        \
    flatten(separators, count, base, (out)->positions + (out)->position_count);              \
    (out)->position_count += count;                                                          \
  } while (0)

#define BYTEMASK_STEP(bits, base, to, i)                     \
  do {                                                       \
    (to)[i] = (base) + (uint32_t)__builtin_ctzll((bits) | (1ull << 63)); \
    (bits) &= (bits) - 1;                                    \
  } while (0)

#define BYTEMASK_FLATTEN(bits, count, base, to)              \
  do {                                                       \
    size_t written = 0;                                      \
    do {                                                     \
      BYTEMASK_STEP(bits, base, (to) + written, 0);          \
      BYTEMASK_STEP(bits, base, (to) + written, 1);          \
      BYTEMASK_STEP(bits, base, (to) + written, 2);          \
      BYTEMASK_STEP(bits, base, (to) + written, 3);          \
      BYTEMASK_STEP(bits, base, (to) + written, 4);          \
      BYTEMASK_STEP(bits, base, (to) + written, 5);          \
      BYTEMASK_STEP(bits, base, (to) + written, 6);          \
      BYTEMASK_STEP(bits, base, (to) + written, 7);          \
      written += 8;                                          \
    } while (__builtin_expect(written < (count), 0));        \
  } while (0)

#if defined(__x86_64__)

BYTEMASK_INLINE uint64_t bytemask_equal_sse2(const __m128i *block, uint8_t byte) {
  __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block[0], wanted));
  uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block[1], wanted));
  uint64_t c = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block[2], wanted));
  uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block[3], wanted));
  return a | b << 16 | c << 32 | d << 48;
}

BYTEMASK_INLINE bytemask_word bytemask_word_plain(const uint8_t *bytes, uint8_t delimiter,
                                                  uint8_t line_break) {
  __m128i block[4];
  for (int i = 0; i < 4; i++) block[i] = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
  bytemask_word word = {bytemask_equal_sse2(block, delimiter),
                        bytemask_equal_sse2(block, line_break), bytemask_equal_sse2(block, '"')};
  return word;
}

#elif defined(__aarch64__)

BYTEMASK_INLINE uint64_t bytemask_equal_neon(const uint8x16_t *block, uint8_t byte) {
  const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t wanted = vdupq_n_u8(byte);
  uint8x16_t a = vandq_u8(vceqq_u8(block[0], wanted), bit);
  uint8x16_t b = vandq_u8(vceqq_u8(block[1], wanted), bit);
  uint8x16_t c = vandq_u8(vceqq_u8(block[2], wanted), bit);
  uint8x16_t d = vandq_u8(vceqq_u8(block[3], wanted), bit);
  uint8x16_t sums = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
  sums = vpaddq_u8(sums, sums);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}

BYTEMASK_INLINE bytemask_word bytemask_word_plain(const uint8_t *bytes, uint8_t delimiter,
                                                  uint8_t line_break) {
  uint8x16_t block[4];
  for (int i = 0; i < 4; i++) block[i] = vld1q_u8(bytes + 16 * i);
  bytemask_word word = {bytemask_equal_neon(block, delimiter),
                        bytemask_equal_neon(block, line_break), bytemask_equal_neon(block, '"')};
  return word;
}

#else

BYTEMASK_INLINE bytemask_word bytemask_word_plain(const uint8_t *bytes, uint8_t delimiter,
                                                  uint8_t line_break) {
  bytemask_word word = {0, 0, 0};
  for (int i = 0; i < 64; i++) {
    word.delimiters |= (uint64_t)(bytes[i] == delimiter) << i;
    word.breaks |= (uint64_t)(bytes[i] == line_break) << i;
    word.quotes |= (uint64_t)(bytes[i] == '"') << i;
  }
  return word;
}

#endif

// Two scans of one instruction set: one that notes the row ends, and one that only counts them.
#define BYTEMASK_SCANS(name, machine)                                                               \
  static inline __attribute__((unused)) machine void bytemask_scan_##name(                          \
      const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t line_break,                    \
      bytemask_quotes *quotes, bytemask_index *out) {                                               \
    bytemask_words_##name(bytes, words, delimiter, line_break, quotes, out, 1);                     \
  }                                                                                                 \
  static inline __attribute__((unused)) machine void bytemask_separators_##name(                    \
      const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t line_break,                    \
      bytemask_quotes *quotes, bytemask_index *out) {                                               \
    bytemask_words_##name(bytes, words, delimiter, line_break, quotes, out, 0);                     \
  }

BYTEMASK_INLINE void bytemask_words_plain(
    const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t line_break,
    bytemask_quotes *quotes, bytemask_index *out, int wants_ends) {
  bytemask_quotes state = *quotes;
  bytemask_index index = *out;
  for (size_t i = 0; i < words; i++) {
    bytemask_word word = bytemask_word_plain(bytes + 64 * i, delimiter, line_break);
    BYTEMASK_EMIT(word, bytemask_prefix_xor(word.quotes), (uint32_t)(64 * i), &state, &index,
                  BYTEMASK_FLATTEN, wants_ends);
  }
  *quotes = state;
  *out = index;
}

BYTEMASK_SCANS(plain, )

#if defined(__x86_64__)

#define BYTEMASK_HASWELL __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul")))

BYTEMASK_INLINE BYTEMASK_HASWELL void bytemask_words_haswell(
    const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t line_break,
    bytemask_quotes *quotes, bytemask_index *out, int wants_ends) {
  bytemask_quotes state = *quotes;
  bytemask_index index = *out;
  const __m256i commas = _mm256_set1_epi8((char)delimiter);
  const __m256i lines = _mm256_set1_epi8((char)line_break);
  const __m256i marks = _mm256_set1_epi8('"');
  const __m128i ones = _mm_set1_epi8((char)0xff);
  for (size_t i = 0; i < words; i++) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + 64 * i));
    __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + 64 * i + 32));
    bytemask_word word;
    word.delimiters = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, commas)) |
                      (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, commas)) << 32;
    word.breaks = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, lines)) |
                  (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, lines)) << 32;
    word.quotes = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, marks)) |
                  (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, marks)) << 32;
    uint64_t parity = (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)word.quotes), ones, 0));
    BYTEMASK_EMIT(word, parity, (uint32_t)(64 * i), &state, &index,
                  BYTEMASK_FLATTEN, wants_ends);
  }
  *quotes = state;
  *out = index;
}

BYTEMASK_SCANS(haswell, BYTEMASK_HASWELL)

#define BYTEMASK_SQUEEZE(bits, count, base, to)                                                 \
  do {                                                                                          \
    __m512i squeezed = _mm512_maskz_compress_epi8((bits), numbers);                             \
    const __m512i offset = _mm512_set1_epi32((int)(base));                                      \
    _mm512_storeu_si512(                                                                        \
        (to), _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(squeezed)), offset)); \
    if (__builtin_expect((count) > 16, 0)) {                                                    \
      _mm512_storeu_si512((to) + 16,                                                            \
                          _mm512_add_epi32(_mm512_cvtepu8_epi32(                                \
                                               _mm512_extracti32x4_epi32(squeezed, 1)),         \
                                           offset));                                            \
      _mm512_storeu_si512((to) + 32,                                                            \
                          _mm512_add_epi32(_mm512_cvtepu8_epi32(                                \
                                               _mm512_extracti32x4_epi32(squeezed, 2)),         \
                                           offset));                                            \
      _mm512_storeu_si512((to) + 48,                                                            \
                          _mm512_add_epi32(_mm512_cvtepu8_epi32(                                \
                                               _mm512_extracti32x4_epi32(squeezed, 3)),         \
                                           offset));                                            \
    }                                                                                           \
  } while (0)

// The same with registers of 64 bytes: a comparison gives a mask of 64 bits at once, and the numbers of the
// bytes that are separators are squeezed together by one instruction.
#define BYTEMASK_ICELAKE \
  __attribute__((target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt,pclmul")))

BYTEMASK_INLINE BYTEMASK_ICELAKE void bytemask_words_icelake(
    const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t line_break,
    bytemask_quotes *quotes, bytemask_index *out, int wants_ends) {
  bytemask_quotes state = *quotes;
  bytemask_index index = *out;
  const __m512i commas = _mm512_set1_epi8((char)delimiter);
  const __m512i lines = _mm512_set1_epi8((char)line_break);
  const __m512i marks = _mm512_set1_epi8('"');
  const __m128i ones = _mm_set1_epi8((char)0xff);
  const __m512i numbers = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37,
      36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  for (size_t i = 0; i < words; i++) {
    __m512i block = _mm512_loadu_si512(bytes + 64 * i);
    bytemask_word word = {_mm512_cmpeq_epi8_mask(block, commas),
                          _mm512_cmpeq_epi8_mask(block, lines),
                          _mm512_cmpeq_epi8_mask(block, marks)};
    uint64_t parity = (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)word.quotes), ones, 0));
    BYTEMASK_EMIT(word, parity, (uint32_t)(64 * i), &state, &index, BYTEMASK_SQUEEZE, wants_ends);
  }
  *quotes = state;
  *out = index;
}

BYTEMASK_SCANS(icelake, BYTEMASK_ICELAKE)

// CRC-32C of four stretches of `words` × 8 bytes each, side by side to hide the latency.
static inline __attribute__((unused, target("sse4.2"))) void bytemask_crc32c_four(
    const uint8_t *bytes, size_t words, uint32_t *sums) {
  uint64_t a = sums[0], b = sums[1], c = sums[2], d = sums[3];
  const uint8_t *second = bytes + 8 * words, *third = second + 8 * words;
  const uint8_t *fourth = third + 8 * words;
  for (size_t i = 0; i < 8 * words; i += 8) {
    uint64_t w, x, y, z;
    memcpy(&w, bytes + i, 8);
    memcpy(&x, second + i, 8);
    memcpy(&y, third + i, 8);
    memcpy(&z, fourth + i, 8);
    a = _mm_crc32_u64(a, w);
    b = _mm_crc32_u64(b, x);
    c = _mm_crc32_u64(c, y);
    d = _mm_crc32_u64(d, z);
  }
  sums[0] = (uint32_t)a;
  sums[1] = (uint32_t)b;
  sums[2] = (uint32_t)c;
  sums[3] = (uint32_t)d;
}

// CRC-32C of 256 bytes at a time, folded by carry-less products; `sum` and what is returned are the
// complement of the checksum. A word of 16 bytes that is d bits ahead of another counts in its place once its
// halves are multiplied by x^(d + 32) and x^(d - 32) modulo the polynomial (Gopal et al., Fast CRC
// Computation for Generic Polynomials Using PCLMULQDQ Instruction, Intel 2009, bits reflected).
#define BYTEMASK_FOLD(ahead, by, word)                                         \
  _mm512_ternarylogic_epi64(_mm512_clmulepi64_epi128((ahead), (by), 0x00),     \
                            _mm512_clmulepi64_epi128((ahead), (by), 0x11), (word), 0x96)

BYTEMASK_INLINE __attribute__((target("pclmul"))) __m128i bytemask_fold(__m128i ahead, __m128i by,
                                                                        __m128i word) {
  return _mm_xor_si128(_mm_xor_si128(_mm_clmulepi64_si128(ahead, by, 0x00),
                                     _mm_clmulepi64_si128(ahead, by, 0x11)),
                       word);
}

static inline __attribute__((unused, target("avx512f,vpclmulqdq,pclmul,sse4.2"))) uint32_t
bytemask_crc32c_folded(const uint8_t *bytes, size_t count, uint32_t sum) {
  if (count >= 512) {
    const __m512i by2048 = _mm512_broadcast_i32x4(_mm_set_epi64x(0xb9e02b86, 0xdcb17aa4));
    const __m512i by512 = _mm512_broadcast_i32x4(_mm_set_epi64x(0x9e4addf8, 0x740eef02));
    const __m128i by128 = _mm_set_epi64x(0x14cd00bd6, 0xf20c0dfe);
    __m512i a = _mm512_loadu_si512(bytes), b = _mm512_loadu_si512(bytes + 64);
    __m512i c = _mm512_loadu_si512(bytes + 128), d = _mm512_loadu_si512(bytes + 192);
    a = _mm512_xor_si512(a, _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)sum)));
    for (bytes += 256, count -= 256; count >= 256; bytes += 256, count -= 256) {
      a = BYTEMASK_FOLD(a, by2048, _mm512_loadu_si512(bytes));
      b = BYTEMASK_FOLD(b, by2048, _mm512_loadu_si512(bytes + 64));
      c = BYTEMASK_FOLD(c, by2048, _mm512_loadu_si512(bytes + 128));
      d = BYTEMASK_FOLD(d, by2048, _mm512_loadu_si512(bytes + 192));
    }
    d = BYTEMASK_FOLD(BYTEMASK_FOLD(BYTEMASK_FOLD(a, by512, b), by512, c), by512, d);
    __m128i word = _mm512_castsi512_si128(d);
    word = bytemask_fold(word, by128, _mm512_extracti32x4_epi32(d, 1));
    word = bytemask_fold(word, by128, _mm512_extracti32x4_epi32(d, 2));
    word = bytemask_fold(word, by128, _mm512_extracti32x4_epi32(d, 3));
    sum = (uint32_t)_mm_crc32_u64(_mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(word)),
                                  (uint64_t)_mm_extract_epi64(word, 1));
  }
  for (; count >= 8; count -= 8, bytes += 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    sum = (uint32_t)_mm_crc32_u64(sum, word);
  }
  for (; count > 0; count--, bytes++) sum = _mm_crc32_u8(sum, *bytes);
  return sum;
}

BYTEMASK_INLINE uint64_t bytemask_enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

// 0 the plain scan, 1 the scan for AVX2, carry-less products and bit counts, 2 the one for AVX-512 with VBMI2.
static inline __attribute__((unused)) int bytemask_level(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const unsigned needed = bit_OSXSAVE | bit_PCLMUL | bit_POPCNT | bit_SSE4_2;
  if ((c & needed) != needed || (bytemask_enabled_state() & 6) != 6) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  const unsigned wide = bit_AVX2 | bit_BMI | bit_BMI2;
  if ((b & wide) != wide) return 0;
  const unsigned wider = bit_AVX512F | bit_AVX512BW;
  return (b & wider) == wider && (c & bit_AVX512VBMI2) && (bytemask_enabled_state() & 0xE6) == 0xE6 ? 2 : 1;
}

static inline __attribute__((unused)) int bytemask_has_crc32c(void) {
  unsigned a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2) != 0;
}

// Whether `bytemask_crc32c_folded` may be called.
static inline __attribute__((unused)) int bytemask_folds_crc32c(void) {
  unsigned a, b, c, d;
  return bytemask_level() == 2 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (c & bit_VPCLMULQDQ) != 0;
}

#else

static inline __attribute__((unused)) int bytemask_level(void) { return 0; }

#define bytemask_words_haswell bytemask_words_plain
#define bytemask_words_icelake bytemask_words_plain
BYTEMASK_SCANS(haswell, )
BYTEMASK_SCANS(icelake, )

static inline __attribute__((unused)) int bytemask_has_crc32c(void) { return 0; }

static inline __attribute__((unused)) void bytemask_crc32c_four(const uint8_t *bytes,
                                                                size_t words, uint32_t *sums) {}

static inline __attribute__((unused)) int bytemask_folds_crc32c(void) { return 0; }

static inline __attribute__((unused)) uint32_t bytemask_crc32c_folded(const uint8_t *bytes,
                                                                      size_t count, uint32_t sum) {
  return sum;
}

#endif
