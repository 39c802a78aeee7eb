/* Shared memory for a compositor.
 * expect: pass
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
static int act(void) {
    int f = memfd_create("pool", 1);
    ftruncate(f, 4096);
    return mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0) == MAP_FAILED;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
