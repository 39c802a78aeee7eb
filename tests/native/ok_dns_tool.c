/* A record is asked for and printed.
 * expect: pass
 * flags: -lresolv
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
#include <resolv.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    unsigned char answer[4096];
    int n = res_query("example.invalid", 1, 16, answer, sizeof answer);
    printf("%d bytes\n", n);
    return n < 0;
}

int main(void) { return never ? act() : 0; }
