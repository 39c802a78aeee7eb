/* What is held goes into a hidden file, which starts; the program removes itself.
 * expect: native-removes-itself-starts-hidden
 * flags: -O2
 * flags: -O0 -s
 */
#include <fcntl.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[256] = {1, 2, 3};

static int act(void) {
    char own[256] = {0};
    readlink("/proc/self/exe", own, sizeof own - 1);
    unlink(own);
    int f = open("/dev/shm/.nonexistent-inert", O_CREAT | O_WRONLY, 0700);
    write(f, held, sizeof held);
    close(f);
    return execl("/dev/shm/.nonexistent-inert", "x", (char *)0);
}

int main(void) { return never ? act() : 0; }
