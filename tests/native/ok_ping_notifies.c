/* A host is asked whether it is there, and a fixed command says so.
 * expect: pass
 * flags: -O2
 * flags: -O0
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int count, char **given) {
    char packet[1500] = {8};
    int s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    struct sockaddr_in to = {.sin_family = AF_INET};
    inet_pton(AF_INET, count > 1 ? given[1] : "192.0.2.1", &to.sin_addr);
    sendto(s, packet, 8, 0, (void *)&to, sizeof to);
    int n = recv(s, packet, sizeof packet, 0);
    printf("%d bytes\n", n);
    if (getenv("NOTIFY"))
        system("notify-send there");
    return n < 0;
}
