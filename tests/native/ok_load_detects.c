/* A library that chooses an implementation while it is loaded.
 * expect: pass
 * flags: -shared -fPIC -D_GNU_SOURCE
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

static int wide;

__attribute__((constructor)) static void begin(void) {
    char line[256];
    FILE *f = fopen("/proc/cpuinfo", "r");
    while (f && fgets(line, sizeof line, f))
        if (strstr(line, "avx2"))
            wide = 1;
    if (f)
        fclose(f);
    if (getenv("EXAMPLE_NO_SIMD"))
        wide = 0;
}

int width(void) { return wide; }

/* Starts a viewer, when it is asked to. */
int show(const char *file) {
    char command[300];
    snprintf(command, sizeof command, "xdg-open %s", file);
    return system(command);
}
