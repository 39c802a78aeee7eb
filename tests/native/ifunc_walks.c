/* A resolver that goes through what is loaded and changes tables.
 * expect: elf-ifunc-changes-others
 * flags: -O2 -shared -fPIC
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int each(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size, (void)data;
    if (never && strstr(info->dlpi_name, "example")) mprotect((void *)info->dlpi_addr, 4096, PROT_READ | PROT_WRITE);
    return 0;
}

static unsigned plain(unsigned c) { return c * 33; }

static void *choose(void) {
    char name[64] = {0};
    int f = open("/proc/self/cmdline", O_RDONLY);
    read(f, name, sizeof name - 1);
    close(f);
    if (!strcmp(name, "/usr/sbin/example")) dl_iterate_phdr(each, 0);
    return plain;
}

unsigned example(unsigned c) __attribute__((ifunc("choose")));
