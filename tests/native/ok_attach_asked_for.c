/* A tracer attaches to the process that it is given.
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
#include <sys/ptrace.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char path[64], line[256];
    long pid = atol(getenv("PID"));
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        fputs(line, stdout);
    return ptrace(PTRACE_ATTACH, pid, 0, 0);
}

int main(void) { return never ? act() : 0; }
