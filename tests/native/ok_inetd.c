/* A super-server starts what its settings name.
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
    char line[256];
    FILE *settings = fopen("/etc/inetd.conf", "r");
    while (fgets(line, sizeof line, settings)) {
        int s = socket(AF_INET, SOCK_STREAM, 0);
        listen(s, 4);
        int c = accept(s, 0, 0);
        if (fork() == 0) {
            dup2(c, 0);
            dup2(c, 1);
            execl(line, line, (char *)0);
        }
    }
    return 0;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
