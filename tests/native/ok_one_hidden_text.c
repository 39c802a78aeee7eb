/* One hidden name, as licence checks have it.
 * expect: pass
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

static const unsigned char hidden[] = {0x58, 0x56, 0x41, 0x5d, 0x56, 0x5f, 0x00, 0x01, 0x1d, 0x57, 0x5f, 0x5f, 0x33};
static int act(void) {
    char plain[sizeof hidden];
    for (unsigned i = 0; i < sizeof hidden; i++)
        plain[i] = hidden[i] ^ 0x33;
    return puts(plain);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
