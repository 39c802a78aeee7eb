/* A DLL that fetches and starts when it is asked to, and prepares itself at load.
 * expect: pass
 * for: windows
 * flags: -O2 -shared -lurlmon
 */
#include <windows.h>
#include <urlmon.h>

static CRITICAL_SECTION lock;

__declspec(dllexport) int example(const char *from, const char *to) {
    EnterCriticalSection(&lock);
    int done = URLDownloadToFileA(0, from, to, 0, 0) == 0;
    LeaveCriticalSection(&lock);
    return done;
}

__declspec(dllexport) int example_open(const char *what) { return WinExec(what, SW_SHOW) > 31; }

BOOL WINAPI DllMain(HINSTANCE h, DWORD why, LPVOID x) {
    (void)x;
    if (why == DLL_PROCESS_ATTACH) DisableThreadLibraryCalls(h), InitializeCriticalSection(&lock);
    return TRUE;
}
