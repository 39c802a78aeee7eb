/* A copying tool that reads by a ring what it is told to.
 * expect: pass
 * flags: -O2
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 2) return printf("usage: %s FILE\n", argv[0]);
    static char setup[120];
    char *entries;
    int ring = syscall(425, 8, setup);
    entries = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0x10000000);
    strncpy(entries, argv[1], 64);
    return syscall(426, ring, 1, 1, 1, 0, 0);
}
