/* Serves and starts nothing.
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
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(8080)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    bind(s, (struct sockaddr *)&here, sizeof here);
    listen(s, 16);
    int c = accept(s, 0, 0);
    return (int)send(c, "HTTP/1.0 200 OK\r\n\r\n", 19, 0);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
