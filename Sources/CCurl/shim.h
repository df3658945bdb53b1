#ifndef MIDWATCH_CCURL_SHIM_H
#define MIDWATCH_CCURL_SHIM_H
#include <curl/curl.h>
#endif
