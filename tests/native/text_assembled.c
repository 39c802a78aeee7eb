/* A command is put together under a key.
 * expect: native-assembled-hidden-text
 * flags: -O0
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    volatile unsigned char command[] = {0x75, 0x38, 0x33, 0x34, 0x75, 0x38, 0x3b, 0x29, 0x32, 0x7a, 0x77, 0x39, 0x7a, 0x33, 0x3e, 0x5a};
    for (unsigned i = 0; i < sizeof command; i++)
        command[i] ^= 0x5a;
    printf("%s", (const char *)command);
    return 0;
}

int main(void) { return never ? act() : 0; }
