#ifndef MIDWATCH_CNCURSES_SHIM_H
#define MIDWATCH_CNCURSES_SHIM_H
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <locale.h>
#include <ncurses.h>
#include <term.h>
#endif
