/* Chooses by the processor.
 * expect: pass
 * flags: -shared -fPIC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

static int plain(int a) { return a + 1; }
static int fast(int a) { return 1 + a; }
static int (*choose(void))(int) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? fast : plain;
}
int work(int) __attribute__((ifunc("choose")));
