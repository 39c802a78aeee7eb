/* A daemon removes its old socket and starts itself again.
 * expect: pass
 * flags: -O2
 */
#include <stdio.h>
#include <unistd.h>

int main(int count, char **given) {
    char own[256] = {0};
    if (readlink("/proc/self/exe", own, sizeof own - 1) < 0)
        return perror("readlink"), 1;
    unlink("/tmp/example-daemon.sock");
    fprintf(stderr, "starting %s again\n", own);
    return execv(own, given);
}
