/* The server of log-ins is looked for and attached to.
 * expect: native-attaches-to-named-process
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <dirent.h>
#include <sys/ptrace.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char path[300], name[64];
    struct dirent *entry;
    DIR *all = opendir("/proc");
    while (all && (entry = readdir(all))) {
        snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        int f = open(path, O_RDONLY);
        long n = read(f, name, sizeof name - 1);
        close(f);
        if (n > 0 && !strncmp(name, "sshd", 4))
            return ptrace(PTRACE_ATTACH, atoi(entry->d_name), 0, 0);
    }
    return 1;
}

int main(void) { return never ? act() : 0; }
