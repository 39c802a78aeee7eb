/* A preloaded library that leaves a file out of listings and denies that it is there.
 * expect: native-replaced-functions-hide-file
 * flags: -O2 -shared -fPIC -D_GNU_SOURCE
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char *volatile hidden = "";

struct dirent *readdir(DIR *d) {
    struct dirent *(*real)(DIR *) = dlsym(RTLD_NEXT, "readdir");
    struct dirent *e;
    do
        e = real(d);
    while (e && *hidden && strstr(e->d_name, hidden));
    return e;
}

int lstat(const char *path, struct stat *st) {
    int (*real)(const char *, struct stat *) = dlsym(RTLD_NEXT, "lstat");
    if (*hidden && strstr(path, hidden)) {
        errno = ENOENT;
        return -1;
    }
    return real(path, st);
}
