/* Calls are counted and passed on.
 * expect: pass
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
#include <dlfcn.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int SSL_write(void *ssl, const void *bytes, int n) {
    int (*real)(void *, const void *, int) = dlsym(RTLD_NEXT, "SSL_write");
    int done = real(ssl, bytes, n);
    fprintf(stderr, "SSL_write(%d) = %d\n", n, done);
    return done;
}

int open(const char *path, int flags, ...) {
    int (*real)(const char *, int, int) = dlsym(RTLD_NEXT, "open");
    return real(path, flags & ~O_SYNC, 0600);
}
