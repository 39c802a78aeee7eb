/* A file of secrets is read by a ring alone.
 * expect: native-secret-file-by-ring
 * flags: -O2
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    static char setup[120];
    char path[256], *entries;
    int ring = syscall(425, 8, setup);
    entries = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0x10000000);
    snprintf(path, sizeof path, "%s/.ssh/id_ed25519", getenv("HOME"));
    memcpy(entries, path, 64);
    return syscall(426, ring, 1, 1, 1, 0, 0);
}

int main(void) { return never ? act() : 0; }
