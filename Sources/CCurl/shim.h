#pragma once
#include <curl/curl.h>

// libcurl takes its options through functions with a variable number of arguments, which Swift can't
// call.

static inline __attribute__((unused)) CURLcode curl_set_number(
    CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline __attribute__((unused)) CURLcode curl_set_text(
    CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline __attribute__((unused)) CURLcode curl_set_pointer(
    CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline __attribute__((unused)) CURLcode curl_set_write(
    CURL *handle, curl_write_callback value) {
  return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, value);
}

static inline __attribute__((unused)) long curl_get_number(CURL *handle, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
