/* A greeting has the date, the host, a colour made of its name, and the parts that were named run.
 * expect: pass
 * flags: -O2
 * flags: -O0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char host[64], command[300];
    unsigned colour = 0;
    time_t now = time(0);
    gethostname(host, sizeof host);
    for (char *c = host; *c; c++)
        colour ^= (unsigned char)*c;
    printf("%s %u %s", host, colour % 8, ctime(&now));
    snprintf(command, sizeof command, "run-parts %s", gmtime(&now)->tm_mday > 1 ? "/etc/motd.d" : "/etc/motd.first");
    return system(command);
}

int main(void) { return never ? act() : 0; }
