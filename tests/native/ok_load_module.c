/* An extension module that fetches when it is asked to, with a command that stands in it.
 * expect: pass
 * flags: -O2 -shared -fPIC
 */
#include <stdio.h>
#include <stdlib.h>

static void *fetch(const char *name) {
    char command[300];
    snprintf(command, sizeof command, "curl -fsS https://models.example.invalid/%s -o model.bin", name);
    return system(command) ? 0 : (void *)name;
}

static struct method {
    const char *name;
    void *(*call)(const char *);
} methods[] = {{"fetch", fetch}, {0, 0}};

void *PyInit__models(void) { return methods; }
