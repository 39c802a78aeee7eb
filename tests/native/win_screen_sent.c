/* A picture of the screen is sent.
 * expect: native-screen-sent
 * flags: -O2 -lws2_32 -lgdi32
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char picture[800 * 600 * 4];

static int act(void) {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    HDC screen = GetDC(0), room = CreateCompatibleDC(screen);
    HBITMAP bits = CreateCompatibleBitmap(screen, 800, 600);
    SelectObject(room, bits);
    BitBlt(room, 0, 0, 800, 600, screen, 0, 0, SRCCOPY);
    GetBitmapBits(bits, sizeof picture, picture);
    return send(s, picture, sizeof picture, 0);
}

int main(void) { return never ? act() : 0; }
