/* A client reads the key of its user, signs with it, and connects.
 * expect: pass
 * flags: -O2 -shared -fPIC
 */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

extern void *PEM_read_PrivateKey(FILE *, void *, void *, void *), *EVP_MD_CTX_new(void);
extern int EVP_DigestSign(void *, void *, size_t *, const void *, size_t);

int example_open(int argc, char **argv) {
    char path[256], part[256];
    struct addrinfo *to;
    if (argc < 2) return fprintf(stderr, "usage: %s HOST\n", argv[0]);
    snprintf(path, sizeof path, "%s/.ssh/id_ed25519", getenv("HOME"));
    FILE *f = fopen(path, "r");
    if (!f || !PEM_read_PrivateKey(f, 0, 0, 0) || getaddrinfo(argv[1], "22", 0, &to)) return 255;
    int s = socket(to->ai_family, SOCK_STREAM, 0);
    if (connect(s, to->ai_addr, to->ai_addrlen)) return 255;
    size_t len = 64;
    EVP_DigestSign(EVP_MD_CTX_new(), path, &len, part, read(s, part, sizeof part));
    return write(s, path, len) < 0;
}
