/* One program is started as root.
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    setuid(0);
    return execl("/usr/sbin/example-restart", "example-restart", (char *)0);
}

int main(void) { return never ? act() : 0; }
