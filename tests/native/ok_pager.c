/* Starts a pager on a pipe.
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
    pipe(p);
    if (fork() == 0) {
        dup2(p[0], 0);
        execlp("less", "less", (char *)0);
    }
    return (int)write(p[1], "text\n", 5);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
