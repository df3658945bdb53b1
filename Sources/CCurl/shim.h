#ifndef MIDWATCH_CCURL_SHIM_H
#define MIDWATCH_CCURL_SHIM_H

// The checking macros know only calls with literal options; the functions below are typed themselves.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

// curl_easy_setopt is variadic: one function for each type of argument.
static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_blob(CURL *easy, CURLoption option, const struct curl_blob *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_writer(CURL *easy, CURLoption option, curl_write_callback value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode ccurl_set_socket_options(CURL *easy, curl_sockopt_callback value) { return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, value); }
static inline CURLcode ccurl_set_close_socket(CURL *easy, curl_closesocket_callback value) { return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, value); }
static inline CURLcode ccurl_set_before_request(CURL *easy, curl_prereq_callback value) { return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value); }

// curl_easy_getinfo is variadic: one function for each type of answer.
static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLcode ccurl_get_size(CURL *easy, CURLINFO info, curl_off_t *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLcode ccurl_get_socket(CURL *easy, CURLINFO info, curl_socket_t *value) { return curl_easy_getinfo(easy, info, value); }

// curl_multi_setopt is variadic.
static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return curl_multi_setopt(multi, option, value); }

// CURLMsg keeps its result in an unnamed union.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }

// curl_global_init's flags are a macro made of casts.
static inline CURLcode ccurl_global_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif
