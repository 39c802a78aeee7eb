#define _GNU_SOURCE
#include <dlfcn.h>
#include <dirent.h>
/* counts directory reads for a profiler, returns every entry unchanged */
static struct dirent *(*orig)(DIR *);
static unsigned long calls;
struct dirent *readdir(DIR *d) {
    if (!orig) orig = dlsym(RTLD_NEXT, "readdir");
    calls++;
    return orig(d);
}
