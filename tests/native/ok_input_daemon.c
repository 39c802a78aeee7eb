/* Serves remote controls of its own host.
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

#include <sys/un.h>
static int act(void) {
    int k = open("/dev/input/event0", O_RDONLY);
    char room[24];
    while (read(k, room, sizeof room) > 0)
        fwrite(room, 1, sizeof room, stdout);
    return 0;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
