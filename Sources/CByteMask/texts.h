// Which of the texts that a column has shown a field holds, 64 bytes at a time.
#pragma once
#include "shim.h"

// Texts of at most 64 bytes, each with a code of at most 24 bits.
typedef struct {
  // By the hash of a text its code plus one, its length in the 8 bits above; zero where there is none.
  uint32_t *slots;
  // One less than how many slots there are, which is a power of two.
  uint64_t slot_mask;
  // By code 64 bytes: the text and zeros behind it; begins at a multiple of 64.
  uint8_t *texts;
} bytemask_texts;

enum { BYTEMASK_TEXT_BYTES = 64 };

#if defined(__x86_64__)

// A text with zeros behind it; bytes behind the text are not read.
BYTEMASK_INLINE BYTEMASK_ICELAKE __m512i bytemask_text(const uint8_t *text, uint64_t length) {
  return _mm512_maskz_loadu_epi8(_bzhi_u64(~0ull, (uint32_t)length), text);
}

// Four words of 16 bytes are laid over each other, the second and the fourth with their halves exchanged, and give a
// checksum; equal hashes only cost a look at another slot.
BYTEMASK_INLINE BYTEMASK_ICELAKE uint64_t bytemask_text_hash(__m512i text, uint64_t length) {
  __m256i half = _mm256_xor_si256(_mm512_castsi512_si256(text), _mm512_extracti64x4_epi64(text, 1));
  __m128i other = _mm_shuffle_epi32(_mm256_extracti128_si256(half, 1), 0x4e);
  __m128i both = _mm_xor_si128(_mm256_castsi256_si128(half), other);
  uint64_t first = _mm_crc32_u64(length, (uint64_t)_mm_cvtsi128_si64(both));
  return _mm_crc32_u64(first, (uint64_t)_mm_extract_epi64(both, 1));
}

// Writes the code of one field of each row, up to the first field that is longer than 64 bytes or not
// among the texts; returns how many rows it took. A field ends at the separator behind `separators[0]`.
static inline __attribute__((unused)) BYTEMASK_ICELAKE size_t bytemask_encode_icelake(
    bytemask_texts known, const uint8_t *bytes, const int32_t *separators, size_t stride, size_t rows,
    uint32_t *codes) {
  const __m512i *texts = (const __m512i *)known.texts;
  for (size_t row = 0; row < rows; row++, separators += stride) {
    const uint8_t *field = bytes + separators[0] + 1;
    uint64_t length = (uint32_t)(separators[1] - separators[0] - 1);
    if (__builtin_expect(length > BYTEMASK_TEXT_BYTES, 0)) return row;
    __m512i text = bytemask_text(field, length);
    uint64_t place = bytemask_text_hash(text, length) & known.slot_mask;
    for (;;) {
      uint32_t slot = known.slots[place];
      if (__builtin_expect(slot == 0, 0)) return row;
      uint32_t code = (slot & 0xFFFFFF) - 1;
      if (_mm512_cmpneq_epi64_mask(text, _mm512_load_si512(texts + code)) == 0 &&
          slot >> 24 == length) {
        codes[row] = code;
        break;
      }
      place = (place + 1) & known.slot_mask;
    }
  }
  return rows;
}

// Puts a text where `bytemask_encode_icelake` looks for it; returns how many slots were taken before it.
static inline __attribute__((unused)) BYTEMASK_ICELAKE size_t bytemask_enter_icelake(
    bytemask_texts known, uint32_t code, uint32_t length) {
  __m512i text = _mm512_loadu_si512(known.texts + BYTEMASK_TEXT_BYTES * (size_t)code);
  uint64_t place = bytemask_text_hash(text, length) & known.slot_mask;
  size_t passed = 0;
  while (known.slots[place] != 0) {
    place = (place + 1) & known.slot_mask;
    passed++;
  }
  known.slots[place] = (code + 1) | length << 24;
  return passed;
}

#else

static inline __attribute__((unused)) size_t bytemask_encode_icelake(
    bytemask_texts known, const uint8_t *bytes, const int32_t *separators, size_t stride, size_t rows,
    uint32_t *codes) {
  return 0;
}

static inline __attribute__((unused)) size_t bytemask_enter_icelake(bytemask_texts known,
                                                                    uint32_t code, uint32_t length) {
  return 0;
}

#endif
