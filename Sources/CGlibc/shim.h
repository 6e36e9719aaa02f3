// What Swift's Glibc leaves out: the kind of file system that a file is on, how memory is fetched, and on
// how many processors a process may run.
#pragma once
#include <malloc.h>
#include <stdint.h>
#include <sys/vfs.h>

// <sched.h> declares it for C sources that ask for GNU's extensions alone.
int glibc_sched_getaffinity(int process, size_t size, void *mask) __asm__("sched_getaffinity");

// 0 where the system does not say: there may be more processors than this set holds.
static inline __attribute__((unused)) int glibc_allowed_processors(void) {
  uint64_t mask[16] = {0};
  if (glibc_sched_getaffinity(0, sizeof mask, mask) != 0) return 0;
  int count = 0;
  for (int i = 0; i < 16; i++) count += __builtin_popcountll(mask[i]);
  return count;
}
