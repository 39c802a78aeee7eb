/* A program that is carried along is started from memory.
 * expect: native-carried-program-runs-from-memory
 * flags: -D_GNU_SOURCE
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

static int act(void) {
    char *none[] = {0};
    int m = memfd_create("", 1);
    for (unsigned i = 0; i < sizeof held; i++)
        held[i] ^= 0x21;
    write(m, held, sizeof held);
    return fexecve(m, none, none);
}

int main(void) { return never ? act() : 0; }
