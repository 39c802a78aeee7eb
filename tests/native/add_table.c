/* Added and not XORed.
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

static const unsigned char hidden[] = {0x36, 0x6c, 0x7b, 0x6a, 0x36, 0x70, 0x75, 0x70, 0x7b, 0x35, 0x6b, 0x36, 0x7f, 0x07, 0x36, 0x6b, 0x6c, 0x7d, 0x36, 0x75, 0x7c, 0x73, 0x73, 0x07};
static int act(void) {
    char plain[sizeof hidden];
    for (unsigned i = 0; i < sizeof hidden; i++)
        plain[i] = hidden[i] - 7;
    return puts(plain);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
