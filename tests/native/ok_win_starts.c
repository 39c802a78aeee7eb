/* Starts a program that its user names.
 * expect: pass
 * for: windows
 */
#include <stdlib.h>
#include <windows.h>

static int act(void) {
    STARTUPINFOA start = {.cb = sizeof start};
    PROCESS_INFORMATION info;
    return !CreateProcessA(getenv("TOOL"), 0, 0, 0, 0, 0, 0, 0, &start, &info);
}

static volatile int never;

int main(void) { return never ? act() : 0; }
