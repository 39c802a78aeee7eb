/* The same, optimised.
 * expect: native-memory-runner
 * flags: -O2
 * for: windows
 */
#include <windows.h>

static const unsigned char code[] = {0x90, 0x90, 0xc3};
static int act(void) {
    void *p = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    memcpy(p, code, sizeof code);
    HANDLE t = CreateThread(0, 0, (LPTHREAD_START_ROUTINE)p, 0, 0, 0);
    WaitForSingleObject(t, INFINITE);
    return 0;
}

static volatile int never;

int main(void) { return never ? act() : 0; }
