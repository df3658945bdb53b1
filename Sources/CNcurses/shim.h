#ifndef MIDWATCH_CNCURSES_SHIM_H
#define MIDWATCH_CNCURSES_SHIM_H
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <locale.h>
#include <langinfo.h>
#include <wchar.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <ncurses.h>
#include <term.h>

/* newterm on the globals stdout and stdin, which Swift's concurrency checks do not let through. */
static inline SCREEN *mw_newterm(const char *type) { return newterm(type, stdout, stdin); }
/* stdscr, curscr, COLOR_PAIRS: globals. */
static inline WINDOW *mw_stdscr(void) { return stdscr; }
static inline WINDOW *mw_curscr(void) { return curscr; }
static inline int mw_color_pairs(void) { return COLOR_PAIRS; }
/* A_BOLD and its like are casts in macros. */
static inline attr_t mw_a_bold(void) { return WA_BOLD; }
static inline attr_t mw_a_dim(void) { return WA_DIM; }
static inline attr_t mw_a_underline(void) { return WA_UNDERLINE; }
static inline attr_t mw_a_reverse(void) { return WA_REVERSE; }
static inline attr_t mw_a_italic(void) { return WA_ITALIC; }
/* nl_langinfo(CODESET): a macro of an enumeration. */
static inline const char *mw_codeset(void) { return nl_langinfo(CODESET); }
/* setlocale(LC_CTYPE): LC_CTYPE is a macro of itself. */
static inline const char *mw_set_ctype(const char *name) { return setlocale(LC_CTYPE, name); }
/* ioctl(TIOCGWINSZ): variadic. */
static inline int mw_window_size(int fd, struct winsize *size) { return ioctl(fd, TIOCGWINSZ, size); }
/* tigetstr gives (char *)-1 for what is no string capability; here that is NULL too. */
static inline const char *mw_tigetstr(const char *name) {
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}
/* wcwidth: declared only under _XOPEN_SOURCE, which the modules of Swift's Glibc are built without. */
extern int wcwidth(wchar_t);
static inline int mw_wcwidth(unsigned int scalar) { return wcwidth((wchar_t)scalar); }
/* setcchar with an extended colour pair, which travels as a pointer in `opts`. */
static inline int mw_setcchar(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, (short)(pair > 32767 ? 32767 : pair), &pair);
}
/* The same for one ASCII character, which most cells are. */
static inline int mw_set_ascii(cchar_t *cell, unsigned char letter, attr_t attributes, int pair) {
    wchar_t text[2] = {letter, 0};
    return mw_setcchar(cell, text, attributes, pair);
}
#endif
