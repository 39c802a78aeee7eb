#include <windows.h>
/* Shows the key that was pressed, for people who give talks. */
void press(HWND bar, DWORD vk) {
    char key[32];
    GetKeyNameTextA((LONG)(MapVirtualKeyA(vk, 0) << 16), key, sizeof key);
    if (GetForegroundWindow() != bar) SetWindowTextA(bar, key);
}
