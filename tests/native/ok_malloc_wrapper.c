/* An allocator in front of the C library's.
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
void *malloc(size_t n) {
    static void *(*real)(size_t);
    if (!real)
        real = dlsym(RTLD_NEXT, "malloc");
    return real(n + 16);
}
void free(void *p) {
    static void (*real)(void *);
    if (!real)
        real = dlsym(RTLD_NEXT, "free");
    real(p);
}
