/* A manager of passwords takes over those of a browser, into a file of its own.
 * expect: pass
 * flags: -O2 -lcrypt32
 * for: windows
 */
#include <windows.h>
#include <wincrypt.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static BYTE held[1 << 16];

static int act(void) {
    char path[300];
    DWORD n = 0;
    DATA_BLOB in = {0, held}, clear = {0}, kept = {0};
    snprintf(path, sizeof path, "%s\\Google\\Chrome\\User Data\\Default\\Login Data", getenv("LOCALAPPDATA"));
    HANDLE f = CreateFileA(path, GENERIC_READ, 1, 0, OPEN_EXISTING, 0, 0);
    ReadFile(f, held, sizeof held, &n, 0);
    in.cbData = n;
    CryptUnprotectData(&in, 0, 0, 0, 0, 0, &clear);
    CryptProtectData(&clear, L"vault", 0, 0, 0, 0, &kept);
    FILE *to = fopen("vault.dat", "wb");
    return to && fwrite(kept.pbData, 1, kept.cbData, to);
}

int main(void) { return never ? act() : 0; }
