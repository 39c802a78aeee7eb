/* Files that were named are written over and removed.
 * expect: pass
 * flags: -O2
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char empty[4096];

int main(int count, char **given) {
    DIR *folder = opendir(count > 1 ? given[1] : ".");
    for (struct dirent *e; folder && (e = readdir(folder));) {
        struct stat is;
        int f = open(e->d_name, O_WRONLY);
        if (f < 0 || fstat(f, &is)) {
            perror(e->d_name);
            continue;
        }
        for (long n = 0; n < is.st_size; n += sizeof empty)
            write(f, empty, sizeof empty);
        close(f);
        unlink(e->d_name);
        printf("%s: removed\n", e->d_name);
    }
    return 0;
}
