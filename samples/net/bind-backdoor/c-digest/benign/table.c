#include <stdlib.h>

unsigned int fnv(const char *s, int n);
int show_help(void);
int list_all(void);

/* Commands by the numbers of their names. */
int dispatch(const char *word, int n) {
    if (fnv(word, n) == 0x5d1f20aau) return show_help();
    if (fnv(word, n) == 0x11c9d2e7u) return list_all();
    return system("stty sane");
}
