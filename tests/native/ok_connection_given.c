/* Connects and starts the program that it is given, as tcpclient does.
 * expect: pass
 * flags: -O2
 * flags: -O2 -s -static
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: %s ADDRESS PORT PROGRAM...\n", argv[0]);
        return 100;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    to.sin_addr.s_addr = inet_addr(argv[1]);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&to, sizeof to)) return 111;
    dup2(s, 6);
    dup2(s, 7);
    execvp(argv[3], argv + 3);
    return 111;
}
