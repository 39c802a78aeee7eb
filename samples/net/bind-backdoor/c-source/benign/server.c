#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
static void serve(int fd) {
    char in[256];
    int got = (int)recv(fd, in, sizeof in - 1, 0);
    if (got > 0) in[got] = 0;
    if (got > 5 && !strncmp(in, "GET ", 4)) send_file(fd, in + 4);
    else if (!strncmp(in, "RELOAD", 6)) system("/usr/lib/example/reload");
}
