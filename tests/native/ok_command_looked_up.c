/* What a connection brings is looked up in a list.
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

static const char *const known[] = {"uptime", "df -h", "free -m"};

static int __attribute__((noinline)) run(unsigned number) {
    char line[256];
    FILE *p = number < 3 ? popen(known[number], "r") : 0;
    while (p && fgets(line, sizeof line, p))
        fputs(line, stdout);
    return p ? pclose(p) : 1;
}

/* Between both stands what an agent does besides. */
static int __attribute__((noinline)) check(const char *bytes) {
    int sum = 0;
    for (int i = 0; i < 16; i++)
        sum += bytes[i] * (i + 3) ^ (sum << 1);
    for (int i = 0; i < 16; i++)
        sum ^= bytes[i] * (i + 5) + (sum >> 2);
    printf("%d %d %d %d %d %d\n", sum, sum + 1, sum + 2, sum * 3, sum * 4, sum * 5);
    printf("%d %d %d %d %d %d\n", sum, sum + 6, sum + 7, sum * 8, sum * 9, sum * 10);
    return sum;
}

static int act(void) {
    char bytes[16];
    int s = socket(AF_INET, SOCK_STREAM, 0);
    recv(s, bytes, sizeof bytes, 0);
    return check(bytes) ? run(bytes[0]) : 0;
}

int main(void) { return never ? act() : 0; }
