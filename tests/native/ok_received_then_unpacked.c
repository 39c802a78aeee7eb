/* What is fetched is kept, then unpacked by a command of its own.
 * expect: pass
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char bytes[4096], command[300];
    int s = socket(AF_INET, SOCK_STREAM, 0);
    long n = recv(s, bytes, sizeof bytes, 0);
    int f = open("package.tgz", O_CREAT | O_WRONLY, 0644);
    write(f, bytes, n);
    close(f);
    system("mkdir -p unpacked");
    snprintf(command, sizeof command, "tar xzf package.tgz -C %s", getenv("TO"));
    return system(command);
}

int main(void) { return never ? act() : 0; }
