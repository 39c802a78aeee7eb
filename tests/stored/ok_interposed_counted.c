/* Memory and files that are opened are counted, and passed on (macOS).
 * expect: pass
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define INSTEAD(own, other)                                                                                            \
    __attribute__((used)) static struct {                                                                              \
        const void *runs, *instead;                                                                                    \
    } of_##other __attribute__((section("__DATA,__interpose"))) = {(const void *)&own, (const void *)&other};

static unsigned long blocks, closed;

void *counted(size_t size) {
    blocks++;
    return malloc(size);
}
INSTEAD(counted, malloc)

int counted_close(int file) {
    closed++;
    return close(file);
}
INSTEAD(counted_close, close)

__attribute__((destructor)) static void tell(void) {
    const char *to = getenv("INERT_COUNTS");
    FILE *file = to ? fopen(to, "w") : 0;
    if (file) {
        fprintf(file, "%lu blocks, %lu files\n", blocks, closed);
        fclose(file);
    }
}
