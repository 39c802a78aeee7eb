/* Code is put into the desktop's shell.
 * expect: native-code-put-into-named-process
 * for: windows
 */
#include <windows.h>
#include <tlhelp32.h>

static volatile int never;

static int act(void) {
    PROCESSENTRY32 e = {.dwSize = sizeof e};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    for (BOOL more = Process32First(all, &e); more; more = Process32Next(all, &e)) {
        if (lstrcmpiA(e.szExeFile, "explorer.exe")) continue;
        HANDLE p = OpenProcess(PROCESS_ALL_ACCESS, FALSE, e.th32ProcessID);
        void *m = VirtualAllocEx(p, 0, 4096, MEM_COMMIT, PAGE_READWRITE);
        WriteProcessMemory(p, m, "inert", 5, 0);
        CreateRemoteThread(p, 0, 0, (LPTHREAD_START_ROUTINE)m, 0, 0, 0);
    }
    return 0;
}

int main(void) { return never ? act() : 0; }
