/* Code in memory runs unless somebody watches.
 * expect: native-unwatched-code-run
 * flags: -O2
 * flags: -O0 -s
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <stdlib.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[64] = {9, 8, 7};

static int act(void) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
        exit(0);
    for (int i = 0; i < 64; i++)
        held[i] ^= i * 7;
    void *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(code, held, 64);
    return ((int (*)(void))code)();
}

int main(void) { return never ? act() : 0; }
