/* The token of a system process is taken.
 * expect: native-token-of-system-taken
 * for: windows
 */
#include <windows.h>
#include <tlhelp32.h>

static volatile int never;

static int act(void) {
    PROCESSENTRY32 e = {.dwSize = sizeof e};
    STARTUPINFOW s = {sizeof s};
    PROCESS_INFORMATION p;
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0), t, d;
    for (BOOL more = Process32First(all, &e); more; more = Process32Next(all, &e)) {
        if (lstrcmpiA(e.szExeFile, "winlogon.exe")) continue;
        OpenProcessToken(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, e.th32ProcessID), TOKEN_DUPLICATE, &t);
        DuplicateTokenEx(t, MAXIMUM_ALLOWED, 0, SecurityImpersonation, TokenPrimary, &d);
        CreateProcessWithTokenW(d, 0, L"C:\\nonexistent\\example.exe", 0, 0, 0, 0, &s, &p);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
