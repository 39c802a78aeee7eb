/* What a connection brings is kept in mapped memory.
 * expect: pass
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
#include <sys/mman.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(443)};
    to.sin_addr.s_addr = inet_addr("192.0.2.44");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to) != 0)
        return 1;
    void *room = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    long n = recv(s, room, 65536, 0);
    mprotect(room, 65536, PROT_READ);
    return write(1, room, n) == n;
}

int main(void) { return never ? act() : 0; }
