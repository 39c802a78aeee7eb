/* An extension module that starts what it holds from memory.
 * expect: native-library-runs-from-memory
 * flags: -shared -fPIC -D_GNU_SOURCE
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
#include <sys/mman.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[512] = {1, 2, 3};

int run(void) {
    char path[64];
    int m = memfd_create("x", 1);
    for (unsigned i = 0; i < sizeof held; i++)
        held[i] ^= 0x5a;
    write(m, held, sizeof held);
    snprintf(path, sizeof path, "/proc/self/fd/%d", m);
    return never ? execl(path, "x", (char *)0) : 0;
}
