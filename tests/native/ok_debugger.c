/* Attaches to a process that its user names.
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
#include <sys/wait.h>
static int act(void) {
    pid_t p = atoi(getenv("PID"));
    ptrace(PTRACE_ATTACH, p, 0, 0);
    waitpid(p, 0, 0);
    long word = ptrace(PTRACE_PEEKTEXT, p, (void *)0x1000, 0);
    ptrace(PTRACE_DETACH, p, 0, 0);
    return (int)word;
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
