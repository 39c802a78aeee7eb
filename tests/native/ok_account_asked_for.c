/* A name-service module asks its service.
 * expect: pass
 * flags: -shared -fPIC -D_GNU_SOURCE
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
#include <nss.h>
#include <pwd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

enum nss_status _nss_example_getpwnam_r(const char *name, struct passwd *to, char *room, size_t len, int *error) {
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    write(s, name, strlen(name));
    if (read(s, room, len) <= 0)
        return NSS_STATUS_NOTFOUND;
    to->pw_name = room;
    to->pw_shell = "/bin/bash";
    return NSS_STATUS_SUCCESS;
}
