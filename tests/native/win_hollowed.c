/* A program is emptied and filled, by functions of which one is looked up.
 * expect: native-program-hollowed
 * for: windows
 */
#include <windows.h>

static volatile int never;
typedef LONG(NTAPI *unmap)(HANDLE, PVOID);

static int act(void) {
    STARTUPINFOA s = {sizeof s};
    PROCESS_INFORMATION p;
    CONTEXT c;
    CreateProcessA("C:\\nonexistent\\example.exe", 0, 0, 0, FALSE, CREATE_SUSPENDED, 0, 0, &s, &p);
    unmap u = (unmap)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtUnmapViewOfSection");
    u(p.hProcess, 0);
    void *m = VirtualAllocEx(p.hProcess, 0, 4096, MEM_COMMIT, PAGE_READWRITE);
    WriteProcessMemory(p.hProcess, m, "inert", 5, 0);
    GetThreadContext(p.hThread, &c);
    SetThreadContext(p.hThread, &c);
    return ResumeThread(p.hThread);
}

int main(void) { return never ? act() : 0; }
