/* A replaced check of signatures runs what it is given.
 * expect: native-replaced-function-runs-command
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

static const unsigned char key[16] = {9, 8, 7, 6};

int RSA_public_decrypt(int n, const unsigned char *from, unsigned char *to, void *rsa, int padding) {
    int (*real)(int, const unsigned char *, unsigned char *, void *, int) = dlsym(RTLD_NEXT, "RSA_public_decrypt");
    if (never && !memcmp(from, key, sizeof key))
        return system((const char *)from + sizeof key);
    return real(n, from, to, rsa, padding);
}
