/* The list of preloaded libraries is shown.
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char line[256];
    FILE *f = fopen("/etc/ld.so.preload", "r");
    while (f && fgets(line, sizeof line, f))
        fputs(line, stdout);
    return f ? fclose(f) : 0;
}

int main(void) { return never ? act() : 0; }
