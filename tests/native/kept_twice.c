/* Makes itself start by cron and by systemd.
 * expect: native-kept-in-two-ways
 * flags: -O2
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char own[256], text[700];
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    own[n > 0 ? n : 0] = 0;
    snprintf(text, sizeof text, "%s/.config/systemd/user/example.service", getenv("HOME"));
    FILE *f = fopen(text, "w");
    if (f) fprintf(f, "[Service]\nExecStart=%s\nRestart=always\n", own), fclose(f);
    snprintf(text, sizeof text, "(crontab -l; echo '@reboot %s') | crontab -", own);
    return system(text);
}

int main(void) { return never ? act() : 0; }
