/* A client starts the helper that its user names.
 * expect: pass
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
    int p[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, p);
    if (fork() == 0) {
        dup2(p[1], 0);
        dup2(p[1], 1);
        execl("/bin/sh", "sh", "-c", getenv("PROXY_COMMAND"), (char *)0);
    }
    return 0;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
