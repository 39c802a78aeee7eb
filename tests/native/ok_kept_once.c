/* An installer that makes a unit of systemd of itself when it is asked to.
 * expect: pass
 * flags: -O2
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    char own[256];
    if (argc < 2 || strcmp(argv[1], "install")) return printf("usage: %s install\n", argv[0]);
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    own[n > 0 ? n : 0] = 0;
    FILE *f = fopen("/etc/systemd/system/example.service", "w");
    if (!f) return 1;
    fprintf(f, "[Service]\nExecStart=%s serve\n[Install]\nWantedBy=multi-user.target\n", own);
    puts("Run: systemctl enable --now example");
    return fclose(f);
}
