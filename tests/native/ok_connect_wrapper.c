/* A library that sends connections through a proxy.
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
int connect(int s, const struct sockaddr *to, socklen_t len) {
    int (*real)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "connect");
    struct sockaddr_in proxy = {.sin_family = AF_INET, .sin_port = htons(9050)};
    (void)to;
    (void)len;
    return real(s, (struct sockaddr *)&proxy, sizeof proxy);
}
