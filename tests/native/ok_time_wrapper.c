/* A library that tells another time.
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
#include <time.h>
time_t time(time_t *t) {
    time_t (*real)(time_t *) = dlsym(RTLD_NEXT, "time");
    return real(t) - atoi(getenv("FAKE") ? getenv("FAKE") : "0");
}
