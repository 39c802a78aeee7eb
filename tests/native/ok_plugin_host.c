/* Loads what its settings name.
 * expect: pass
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

#include <dlfcn.h>
static int act(void) {
    void *h = dlopen(getenv("PLUGIN"), RTLD_NOW);
    int (*run)(void) = dlsym(h, "run");
    return run();
}

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
