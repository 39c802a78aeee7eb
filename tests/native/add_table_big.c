/* Added with a large number.
 * expect: native-hidden-texts
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

static const unsigned char hidden[] = {0xf8, 0x39, 0x3b, 0x38, 0x2c, 0xf8, 0x3c, 0x2e, 0x35, 0x2f, 0xf8, 0x2e, 0x41, 0x2e, 0xc9, 0x15, 0x0d, 0x28, 0x19, 0x1b, 0x0e, 0x15, 0x18, 0x0a, 0x0d, 0x06, 0xf8, 0x41, 0xc9};
static int act(void) {
    char plain[sizeof hidden];
    for (unsigned i = 0; i < sizeof hidden; i++)
        plain[i] = hidden[i] - 0xc9;
    return puts(plain);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
