/* Under 1, where letters stay letters.
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

static const unsigned char hidden[] = {0x2e, 0x64, 0x75, 0x62, 0x2e, 0x71, 0x60, 0x72, 0x72, 0x76, 0x65, 0x01, 0x2e, 0x64, 0x75, 0x62, 0x2e, 0x72, 0x69, 0x60, 0x65, 0x6e, 0x76, 0x01};
static int act(void) {
    char plain[sizeof hidden];
    for (unsigned i = 0; i < sizeof hidden; i++)
        plain[i] = hidden[i] ^ 1;
    return puts(plain);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
