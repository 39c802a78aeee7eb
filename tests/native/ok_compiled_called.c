/* A compiler at run time reads its program from a file, and asks a server in another function.
 * expect: pass
 * flags: -O2
 * flags: -O2 -s -static
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Other work of the program lies between. */
#define STEP(k) h = (h ^ b[(k * 7 + h) % n]) * (k * 2 + 33) + (h >> (k % 13 + 1));
#define STEPS(k) STEP(k) STEP(k + 1) STEP(k + 2) STEP(k + 3) STEP(k + 4) STEP(k + 5) STEP(k + 6) STEP(k + 7)
__attribute__((noinline)) static unsigned sum(const unsigned char *b, size_t n) {
    unsigned h = 5381;
    STEPS(1) STEPS(9) STEPS(17) STEPS(25) STEPS(33) STEPS(41)
    return h;
}

__attribute__((noinline)) static int ask(const char *host) {
    char answer[256];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    to.sin_addr.s_addr = inet_addr(host);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to)) return -1;
    ssize_t n = read(s, answer, sizeof answer - 1);
    close(s);
    return n < 0 ? -1 : (int)n;
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    int f = open(argv[1], O_RDONLY);
    unsigned char text[4096];
    ssize_t n = read(f, text, sizeof text);
    if (n <= 0) return 1;
    unsigned char *room = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(room, "\x89\xf8\xc3", 3);
    mprotect(room, 4096, PROT_READ | PROT_EXEC);
    printf("%d %u %d\n", ((int (*)(int))room)(argc), sum(text, n), argc > 2 ? ask(argv[2]) : 0);
    return 0;
}
