/* All files of a folder are written over and removed, and nobody is told.
 * expect: native-writes-over-and-removes
 * flags: -O2
 * flags: -O0
 */
#include <ftw.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char empty[4096];

static int one(const char *path, const struct stat *is, int kind) {
    int f = open(path, O_WRONLY);
    for (long n = 0; kind == FTW_F && n < is->st_size; n += sizeof empty)
        write(f, empty, sizeof empty);
    close(f);
    return unlink(path);
}

static int act(void) { return ftw("/nonexistent-inert", one, 20); }

int main(void) { return never ? act() : 0; }
