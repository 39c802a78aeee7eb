/* A library that starts a thread while it is loaded, which counts; and sends with a file of its own when it is asked to.
 * expect: pass
 * flags: -O2 -shared -fPIC -lpthread
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile unsigned long ticks;
static char token[256];

static void *work(void *unused) {
    for (;;) {
        sleep(1);
        ticks++;
    }
    return unused;
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    pthread_create(&thread, 0, work, 0);
}

__attribute__((noinline)) int registry_login(void) {
    char path[256];
    snprintf(path, sizeof path, "%s/.npmrc", getenv("HOME"));
    FILE *f = fopen(path, "r");
    if (!f)
        return -1;
    if (!fgets(token, sizeof token, f))
        token[0] = 0;
    return fclose(f);
}

/* Far from the function above, as in a file of its own. */
__attribute__((noinline, used)) static void between(void) { __asm__(".skip 3000, 0x90"); }

int registry_send(const struct sockaddr_in *to, const char *text, unsigned long n) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (const struct sockaddr *)to, sizeof *to))
        return -1;
    return send(s, text, n, 0) < 0;
}
