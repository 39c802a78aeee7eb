/* A terminal multiplexer: a shell on a terminal, for clients of this machine.
 * expect: pass
 * flags: -O2
 */
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(void) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "/tmp/mux-%d", getuid());
    int l = socket(AF_UNIX, SOCK_STREAM, 0), m;
    bind(l, (struct sockaddr *)&at, sizeof at);
    listen(l, 5);
    int c = accept(l, 0, 0);
    if (!forkpty(&m, 0, 0, 0)) execl("/bin/sh", "-sh", (char *)0);
    struct pollfd both[2] = {{c, POLLIN, 0}, {m, POLLIN, 0}};
    char part[4096];
    while (poll(both, 2, -1) > 0) {
        if (both[0].revents) write(m, part, read(c, part, sizeof part));
        if (both[1].revents) write(c, part, read(m, part, sizeof part));
    }
    return 0;
}
