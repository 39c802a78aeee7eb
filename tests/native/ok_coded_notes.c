/* A tool with notes in base64, and a command that it shows.
 * expect: pass
 * flags: -O2
 */
#include <stdio.h>
#include <stdlib.h>

/* "see https://example.invalid/documentation for more about this" */
static const char *notes = "c2VlIGh0dHBzOi8vZXhhbXBsZS5pbnZhbGlkL2RvY3VtZW50YXRpb24gZm9yIG1vcmUgYWJvdXQgdGhpcw==";

int main(int argc, char **argv) {
    printf("%s\nInstall with: curl -fsSL https://example.invalid/i.sh | bash\n", notes);
    return argc > 1 ? system(argv[1]) : 0;
}
