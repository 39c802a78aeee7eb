/* A kernel module lies in the program, under a key.
 * expect: native-loads-carried-module
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
#include <sys/syscall.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[512] = {1, 2, 3};

static int act(void) {
    for (unsigned i = 0; i < sizeof held; i++)
        held[i] ^= 0x11;
    return syscall(SYS_init_module, held, sizeof held, "");
}

int main(void) { return never ? act() : 0; }
