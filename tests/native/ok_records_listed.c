/* Records of log-ins are listed.
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
#include <utmp.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    const char *files[] = {"/var/run/utmp", "/var/log/wtmp", "/var/log/btmp"};
    struct utmp one;
    for (int i = 0; i < 3; i++) {
        int f = open(files[i], O_RDONLY);
        while (read(f, &one, sizeof one) == sizeof one)
            printf("%.32s\n", one.ut_user);
        close(f);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
