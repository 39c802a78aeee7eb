/* Passes its arguments on.
 * expect: pass
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

int main(int n, char **v) {
    char line[512];
    snprintf(line, sizeof line, "exec /usr/bin/tool %s", n > 1 ? v[1] : "");
    return system(line);
}
