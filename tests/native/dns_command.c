/* The answer of a name server is run as a command.
 * expect: native-dns-answer-beside-command
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
    char line[256];
    if (res_query("q.example.invalid", 1, 16, answer, sizeof answer) < 0)
        return 1;
    FILE *p = popen((char *)answer + 40, "r");
    while (p && fgets(line, sizeof line, p))
        ;
    return p ? pclose(p) : 2;
}

int main(void) { return never ? act() : 0; }
