/* Entries of one name are left out of every folder.
 * expect: native-replaced-listing-compares-names
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
#include <dlfcn.h>
#include <dirent.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

struct dirent *readdir(DIR *folder) {
    struct dirent *(*real)(DIR *) = dlsym(RTLD_NEXT, "readdir");
    struct dirent *entry;
    do
        entry = real(folder);
    while (entry && strstr(entry->d_name, "zq-cache"));
    return entry;
}
