/* Named as stealers name things.
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

int stealCookies(int n) { return n + 1; }
int keylogger_start(int n) { return n + 2; }
static int act(void) { return stealCookies(1) + keylogger_start(2); }

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main(void) { return never ? act() : 0; }
