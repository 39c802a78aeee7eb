/* A preloaded library that leads paths of one folder to another, and counts what is listed.
 * expect: pass
 * flags: -O2 -shared -fPIC -D_GNU_SOURCE
 */
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static unsigned long listed;

struct dirent *readdir(DIR *d) {
    struct dirent *(*real)(DIR *) = dlsym(RTLD_NEXT, "readdir");
    listed++;
    return real(d);
}

int lstat(const char *path, struct stat *st) {
    int (*real)(const char *, struct stat *) = dlsym(RTLD_NEXT, "lstat");
    char other[4096];
    if (!strncmp(path, "/usr/share/", 11)) {
        snprintf(other, sizeof other, "/opt/root%s", path);
        path = other;
    }
    return real(path, st);
}
