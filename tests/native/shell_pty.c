/* A terminal of its own for whoever connects.
 * expect: native-shell-on-connection
 * flags: -lutil
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
#include <pty.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    int terminal, s = socket(AF_INET, SOCK_STREAM, 0);
    int c = accept(s, 0, 0);
    if (forkpty(&terminal, 0, 0, 0) == 0)
        execl("/bin/sh", "sh", "-i", (char *)0);
    char bytes[512];
    long n = read(c, bytes, sizeof bytes);
    return write(terminal, bytes, n) != n;
}

int main(void) { return never ? act() : 0; }
