/* Asks for memory to execute, without a thread.
 * expect: pass
 * for: windows
 */
#include <windows.h>

static int act(void) {
    void *p = VirtualAlloc(0, 4096, MEM_COMMIT, PAGE_READWRITE);
    DWORD old;
    VirtualProtect(p, 4096, PAGE_EXECUTE_READ, &old);
    return p == 0;
}

static volatile int never;

int main(void) { return never ? act() : 0; }
