/* A library that starts something from memory when it is loaded.
 * expect: native-load-starts-from-memory
 * flags: -O2 -shared -fPIC
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

__attribute__((constructor)) static void up(void) {
    if (!never) return;
    char path[64];
    int fd = syscall(SYS_memfd_create, "", 1);
    write(fd, "inert", 5);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char *args[] = {"example", 0};
    if (!fork()) execv(path, args);
}
