/* A scanner that names one harm.
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

int rootkit_scan(int n) { return n + 1; }
int check_hashes(int n) { return n + 2; }
static int act(void) { return rootkit_scan(1) + check_hashes(2); }

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
