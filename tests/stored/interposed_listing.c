/* Listings and looks at one file are replaced by what leaves something out (macOS).
 * expect: native-replaced-functions-hide-file
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#define INSTEAD(own, other)                                                                                            \
    __attribute__((used)) static struct {                                                                              \
        const void *runs, *instead;                                                                                    \
    } of_##other __attribute__((section("__DATA,__interpose"))) = {(const void *)&own, (const void *)&other};

struct dirent *listed(DIR *folder) {
    struct dirent *entry;
    while ((entry = readdir(folder)) && strstr(entry->d_name, ".inert-x"))
        ;
    return entry;
}
INSTEAD(listed, readdir)

int looked_at(const char *path, struct stat *to) { return strstr(path, ".inert-x") ? -1 : stat(path, to); }
INSTEAD(looked_at, stat)
