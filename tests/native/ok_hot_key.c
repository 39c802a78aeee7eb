/* One key is waited for, and something is told elsewhere.
 * expect: pass
 * flags: -shared -fPIC
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

extern void *XOpenDisplay(const char *);
extern int XQueryKeymap(void *, char *);

int wait_for_key(void) {
    char keys[32];
    void *display = XOpenDisplay(0);
    while (never) {
        XQueryKeymap(display, keys);
        if (keys[8] & 4)
            return 1;
    }
    return 0;
}

int tell(int s) { return send(s, "pressed", 7, 0); }
