/* The head of a sound file is put together.
 * expect: pass
 * flags: -O2
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

static int act(void) {
    volatile char head[] = {'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0, 2, 0};
    volatile char manual[] = "https://example.invalid/docs/manual.html";
    printf("%s\n", (const char *)manual);
    return fwrite((const void *)head, 1, sizeof head, stdout) != sizeof head;
}

int main(void) { return never ? act() : 0; }
