#include <stdio.h>
#include <unistd.h>
int answer(struct peer *p, const char *line) {
    char out[256];
    size_t n;
    FILE *pipe = popen(line, "r");
    while (pipe && (n = fread(out, 1, sizeof out, pipe)) > 0) write(p->fd, out, n);
    return pipe ? pclose(pipe) : -1;
}
