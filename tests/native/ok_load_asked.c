/* An extension module that fetches and starts when it is asked to, and sets up a thread for that at its import.
 * expect: pass
 * flags: -O2 -shared -fPIC
 */
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int jobs;

static void *work(void *a) {
    for (;;) {
        pthread_mutex_lock(&lock);
        if (jobs) jobs--;
        pthread_mutex_unlock(&lock);
        sleep(1);
    }
    return a;
}

int example_fetch(const char *host, const char *path) {
    struct addrinfo *to;
    char part[512];
    ssize_t n;
    if (getaddrinfo(host, "80", 0, &to)) return -1;
    int s = socket(to->ai_family, SOCK_STREAM, 0), f = open(path, O_CREAT | O_WRONLY, 0600);
    if (connect(s, to->ai_addr, to->ai_addrlen)) return -1;
    while ((n = read(s, part, sizeof part)) > 0) write(f, part, n);
    return close(f);
}

int example_run(char **args) { return fork() ? 0 : execv(args[0], args); }

void *PyInit_example(void) {
    pthread_t t;
    pthread_create(&t, 0, work, 0);
    return 0;
}
