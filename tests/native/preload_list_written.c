/* A library is put into every program.
 * expect: native-writes-preload-list
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
    int f = open("/etc/ld.so.preload", O_WRONLY | O_CREAT | O_APPEND, 0644);
    write(f, "/nonexistent/libx.so\n", 21);
    return close(f);
}

int main(void) { return never ? act() : 0; }
