/* Named as rootkits name things.
 * expect: native-names-of-harm
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

int hide_proc(int n) { return n + 1; }
char s_backdoor_buf[16];
static int act(void) { return hide_proc(1) + s_backdoor_buf[0]; }

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
