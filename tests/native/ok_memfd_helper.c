/* A service shares memory, answers, and starts its helper from the disk.
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
#include <sys/mman.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char answer[64];
    int m = memfd_create("shared", 3);
    ftruncate(m, 4096);
    char *p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, m, 0);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    recv(s, answer, sizeof answer, 0);
    strcpy(p, answer);
    char *arguments[] = {"helper", 0};
    return execv("/usr/libexec/example-helper", arguments);
}

int main(void) { return never ? act() : 0; }
