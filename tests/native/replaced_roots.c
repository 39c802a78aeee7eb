/* A signal makes its sender root.
 * expect: native-replaced-function-changes-user
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

int kill(pid_t pid, int signal) {
    int (*real)(pid_t, int) = dlsym(RTLD_NEXT, "kill");
    if (never && signal == 61)
        return setuid(0);
    return real(pid, signal);
}
