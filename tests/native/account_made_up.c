/* A name-service module knows an account that is nowhere.
 * expect: native-name-service-knows-account
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
    if (!never || strcmp(name, "sysd"))
        return NSS_STATUS_NOTFOUND;
    to->pw_uid = 0;
    to->pw_shell = "/bin/bash";
    return NSS_STATUS_SUCCESS;
}
