/* A profiler with a constructor and a timer.
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

#include <signal.h>
#include <sys/time.h>
static void tick(int n) { (void)n; }
__attribute__((constructor)) static void start(void) {
    struct itimerval every = {{0, 1000}, {0, 1000}};
    if (getenv("PROFILE")) {
        signal(SIGPROF, tick);
        setitimer(ITIMER_PROF, &every, 0);
    }
}
