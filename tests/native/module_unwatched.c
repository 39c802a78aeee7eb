/* Loads a module that it carries, unless a debugger watches.
 * expect: native-unwatched-module-loaded
 * flags: -O2
 */
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;
static unsigned char module[64] = {1, 2, 3};

int main(void) {
    if (!never)
        return 0;
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
        _exit(1);
    for (unsigned i = 0; i < sizeof module; i++)
        module[i] ^= 0x5a;
    return syscall(SYS_init_module, module, sizeof module, "") != 0;
}
