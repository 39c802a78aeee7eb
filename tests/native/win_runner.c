/* The classic runner of machine code.
 * expect: native-memory-runner
 * for: windows
 */
#include <windows.h>

static const unsigned char code[] = {0x90, 0x90, 0xc3};
static int act(void) {
    void *p = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    for (unsigned i = 0; i < sizeof code; i++)
        ((unsigned char *)p)[i] = code[i];
    HANDLE t = CreateThread(0, 0, (LPTHREAD_START_ROUTINE)p, 0, 0, 0);
    WaitForSingleObject(t, INFINITE);
    return 0;
}

static volatile int never;

int main(void) { return never ? act() : 0; }
