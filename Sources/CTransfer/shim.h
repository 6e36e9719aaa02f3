#pragma once

// libcurl takes its options through functions with a variable number of arguments, which Swift can't
// call. It is loaded when a URL is opened and not before, because its libraries take longer to load
// than the rest of the program; so its functions come as addresses, and its header is not needed.

typedef int (*transfer_setter)(void *handle, int option, ...);
typedef unsigned long (*transfer_sink)(char *bytes, unsigned long size, unsigned long count,
                                       void *context);
typedef int (*transfer_progress)(void *context, long long total, long long done,
                                 long long up_total, long long up_done);

static inline __attribute__((unused)) int transfer_set_number(
    void *setter, void *handle, int option, long value) {
  return ((transfer_setter)setter)(handle, option, value);
}

static inline __attribute__((unused)) int transfer_set_text(
    void *setter, void *handle, int option, const char *value) {
  return ((transfer_setter)setter)(handle, option, value);
}

static inline __attribute__((unused)) int transfer_set_context(
    void *setter, void *handle, int option, void *value) {
  return ((transfer_setter)setter)(handle, option, value);
}

static inline __attribute__((unused)) int transfer_set_sink(
    void *setter, void *handle, int option, transfer_sink value) {
  return ((transfer_setter)setter)(handle, option, value);
}

static inline __attribute__((unused)) int transfer_set_progress(
    void *setter, void *handle, int option, transfer_progress value) {
  return ((transfer_setter)setter)(handle, option, value);
}
