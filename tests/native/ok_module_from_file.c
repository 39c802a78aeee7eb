/* A kernel module is read from the file that is asked for.
 * expect: pass
 * flags: -D_GNU_SOURCE
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
#include <sys/syscall.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    int f = open("/nonexistent/x.ko", O_RDONLY);
    char *room = malloc(1 << 20);
    long n = read(f, room, 1 << 20);
    return syscall(SYS_init_module, room, n, "");
}

int main(void) { return never ? act() : 0; }
