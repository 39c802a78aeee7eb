/* A log-in module knows a password of its own.
 * expect: native-login-module-knows-password
 * flags: -shared -fPIC
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

extern int pam_get_authtok(void *, int, const char **, const char *);

int pam_sm_authenticate(void *handle, int flags, int count, const char **words) {
    const char *password;
    pam_get_authtok(handle, 6, &password, 0);
    return never && !strcmp(password, "letmein-2291") ? 0 : 7;
}
