/* A key is added that was given.
 * expect: pass
 * flags: -O2
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(int count, char **given) {
    char path[300], key[4096];
    if (count < 2) {
        fprintf(stderr, "usage: add-key FILE (ssh-ed25519, ssh-rsa or ecdsa-sha2-nistp256)\n");
        return 2;
    }
    FILE *from = fopen(given[1], "r");
    if (!from || !fgets(key, sizeof key, from) || strncmp(key, "ssh-", 4))
        return 1;
    snprintf(path, sizeof path, "%s/.ssh/authorized_keys", getenv("HOME"));
    FILE *f = fopen(path, "a");
    return !(f && fputs(key, f) >= 0 && printf("added to %s\n", path));
}
