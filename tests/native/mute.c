/* A decoder and system, and no command.
 * expect: native-runs-unreadable-command
 */
#include <stdlib.h>

static const unsigned char k[] = {0x6a, 0x51, 0x34, 0x1b, 0xfe, 0xa5, 0x88, 0x6f, 0x52, 0x39, 0x1c, 0xc3, 0xa6, 0x8d, 0x70, 0x57, 0x3a, 0xe1, 0xc4, 0xab, 0x8e, 0x75, 0x58, 0x3f, 0xe2, 0xc9, 0xac, 0x93, 0x76, 0x5d, 0x00, 0xe7, 0xca, 0xb1, 0x94, 0x7b, 0x5e, 0x05, 0xe8, 0xcf, 0xb2, 0x99, 0x7c, 0x23, 0x06, 0xed, 0xd0, 0xb7, 0x9a, 0x41, 0x24, 0x0b, 0xee, 0xd5, 0xb8, 0x9f, 0x42, 0x29, 0x0c, 0xf3, 0xd6, 0xbd, 0x60, 0x47, 0x2a, 0x11, 0xf4, 0xdb, 0xbe, 0x65, 0x48, 0x2f, 0x12, 0xf9, 0xdc, 0x83, 0x66, 0x4d, 0x30, 0x17, 0xfa, 0xa1, 0x84, 0x6b, 0x4e, 0x35, 0x18, 0xff, 0xa2, 0x89, 0x6c, 0x53, 0x36, 0x1d, 0xc0, 0xa7, 0x8a, 0x71, 0x54, 0x3b, 0x1e, 0xc5, 0xa8, 0x8f, 0x72, 0x59, 0x3c, 0xe3, 0xc6, 0xad, 0x90, 0x77, 0x5a, 0x01, 0xe4, 0xcb, 0xae, 0x95, 0x78, 0x5f, 0x02, 0xe9, 0xcc, 0xb3, 0x96, 0x7d, 0x20, 0x07, 0xea, 0xd1, 0xb4, 0x9b, 0x7e, 0x25, 0x08, 0xef, 0xd2, 0xb9, 0x9c, 0x43, 0x26, 0x0d, 0xf0, 0xd7, 0xba, 0x61, 0x44, 0x2b, 0x0e, 0xf5, 0xd8, 0xbf, 0x62, 0x49, 0x2c, 0x13, 0xf6, 0xdd, 0x80, 0x67, 0x4a, 0x31, 0x14, 0xfb, 0xde, 0x85, 0x68, 0x4f, 0x32, 0x19, 0xfc, 0xa3, 0x86, 0x6d, 0x50, 0x37, 0x1a, 0xc1, 0xa4, 0x8b, 0x6e, 0x55, 0x38, 0x1f, 0xc2, 0xa9, 0x8c, 0x73, 0x56, 0x3d, 0xe0, 0xc7, 0xaa, 0x91, 0x74, 0x5b, 0x3e, 0xe5, 0xc8, 0xaf};
static char out[256];
static int work(const unsigned char *t, unsigned n) {
    unsigned h = 2166136261u;
    for (unsigned i = 0; i < n; i++) {
        h = (h ^ t[i]) * 16777619u;
        out[i] = (char)(t[i] ^ (h >> 3) ^ (i * 7));
        switch (h & 7) {
        case 0: h += 3; break;
        case 1: h *= 5; break;
        case 2: h ^= 0x55; break;
        case 3: h -= i; break;
        default: h = h << 3 | h >> 29;
        }
    }
    return (int)h;
}
static int round0(int a) { for (volatile int i = 0; i < 9; i++) a = a * 3 ^ (a >> 1) + i; return a; }
static int round1(int a) { for (volatile int i = 0; i < 9; i++) a = a * 5 ^ (a >> 2) + i; return a; }
static int round2(int a) { for (volatile int i = 0; i < 9; i++) a = a * 7 ^ (a >> 3) + i; return a; }
static int round3(int a) { for (volatile int i = 0; i < 9; i++) a = a * 9 ^ (a >> 4) + i; return a; }
static int round4(int a) { for (volatile int i = 0; i < 9; i++) a = a * 11 ^ (a >> 5) + i; return a; }
static int round5(int a) { for (volatile int i = 0; i < 9; i++) a = a * 13 ^ (a >> 6) + i; return a; }
static int round6(int a) { for (volatile int i = 0; i < 9; i++) a = a * 15 ^ (a >> 7) + i; return a; }
static int round7(int a) { for (volatile int i = 0; i < 9; i++) a = a * 17 ^ (a >> 1) + i; return a; }
static int round8(int a) { for (volatile int i = 0; i < 9; i++) a = a * 19 ^ (a >> 2) + i; return a; }
static int round9(int a) { for (volatile int i = 0; i < 9; i++) a = a * 21 ^ (a >> 3) + i; return a; }
static int round10(int a) { for (volatile int i = 0; i < 9; i++) a = a * 23 ^ (a >> 4) + i; return a; }
static int round11(int a) { for (volatile int i = 0; i < 9; i++) a = a * 25 ^ (a >> 5) + i; return a; }
static int round12(int a) { for (volatile int i = 0; i < 9; i++) a = a * 27 ^ (a >> 6) + i; return a; }
static int round13(int a) { for (volatile int i = 0; i < 9; i++) a = a * 29 ^ (a >> 7) + i; return a; }
static int round14(int a) { for (volatile int i = 0; i < 9; i++) a = a * 31 ^ (a >> 1) + i; return a; }
static int round15(int a) { for (volatile int i = 0; i < 9; i++) a = a * 33 ^ (a >> 2) + i; return a; }
static int round16(int a) { for (volatile int i = 0; i < 9; i++) a = a * 35 ^ (a >> 3) + i; return a; }
static int round17(int a) { for (volatile int i = 0; i < 9; i++) a = a * 37 ^ (a >> 4) + i; return a; }
static int round18(int a) { for (volatile int i = 0; i < 9; i++) a = a * 39 ^ (a >> 5) + i; return a; }
static int round19(int a) { for (volatile int i = 0; i < 9; i++) a = a * 41 ^ (a >> 6) + i; return a; }
static int round20(int a) { for (volatile int i = 0; i < 9; i++) a = a * 43 ^ (a >> 7) + i; return a; }
static int round21(int a) { for (volatile int i = 0; i < 9; i++) a = a * 45 ^ (a >> 1) + i; return a; }
static int round22(int a) { for (volatile int i = 0; i < 9; i++) a = a * 47 ^ (a >> 2) + i; return a; }
static int round23(int a) { for (volatile int i = 0; i < 9; i++) a = a * 49 ^ (a >> 3) + i; return a; }
static int round24(int a) { for (volatile int i = 0; i < 9; i++) a = a * 51 ^ (a >> 4) + i; return a; }
static int round25(int a) { for (volatile int i = 0; i < 9; i++) a = a * 53 ^ (a >> 5) + i; return a; }
static int round26(int a) { for (volatile int i = 0; i < 9; i++) a = a * 55 ^ (a >> 6) + i; return a; }
static int round27(int a) { for (volatile int i = 0; i < 9; i++) a = a * 57 ^ (a >> 7) + i; return a; }
static int round28(int a) { for (volatile int i = 0; i < 9; i++) a = a * 59 ^ (a >> 1) + i; return a; }
static int round29(int a) { for (volatile int i = 0; i < 9; i++) a = a * 61 ^ (a >> 2) + i; return a; }
static int act(void) {
    return work(k, sizeof k) + round0(0) + round1(1) + round2(2) + round3(3) + round4(4) + round5(5) + round6(6) + round7(7) + round8(8) + round9(9) + round10(10) + round11(11) + round12(12) + round13(13) + round14(14) + round15(15) + round16(16) + round17(17) + round18(18) + round19(19) + round20(20) + round21(21) + round22(22) + round23(23) + round24(24) + round25(25) + round26(26) + round27(27) + round28(28) + round29(29) + system(out);
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
