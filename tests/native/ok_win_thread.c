/* Starts a thread of its own.
 * expect: pass
 * for: windows
 */
#include <windows.h>

static DWORD WINAPI work(LPVOID a) { return a != 0; }
static int act(void) {
    void *p = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    HANDLE t = CreateThread(0, 0, work, p, 0, 0);
    WaitForSingleObject(t, INFINITE);
    return 0;
}

static volatile int never;

int main(void) { return never ? act() : 0; }
