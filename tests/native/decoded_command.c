/* On chosen hosts a command is decoded and run.
 * expect: native-decoded-command-run
 * flags: -O2
 * flags: -O0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[48] = {0x34, 0x31, 0x3b, 0x35, 0x75, 0x3e, 0x33};

static int act(void) {
    char host[64], text[sizeof held + 1];
    time_t now = time(0);
    gethostname(host, sizeof host);
    if (strncmp(host, "build-", 6) || gmtime(&now)->tm_mday < 13)
        return 0;
    for (unsigned i = 0; i < sizeof held; i++)
        text[i] = held[i] ^ (0x51 + i % 5);
    text[sizeof held] = 0;
    return system(text);
}

int main(void) { return never ? act() : 0; }
