/* A library that pretends to be root and gives nothing.
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
uid_t geteuid(void) { return 0; }
uid_t getuid(void) { return 0; }
int chown(const char *path, uid_t u, gid_t g) {
    int (*real)(const char *, uid_t, gid_t) = dlsym(RTLD_NEXT, "chown");
    return real ? 0 : -1;
}
