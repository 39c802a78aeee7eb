/* Settings of several services are copied to where somebody says.
 * expect: pass
 * flags: -O2 -std=c++17 -s
 */
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char **argv) {
    if (argc < 2) {
        std::cerr << "usage: keep FOLDER\n";
        return 2;
    }
    std::string home = getenv("HOME");
    for (const char *name : {"/.aws/credentials", "/.kube/config", "/.npmrc"}) {
        std::ifstream from(home + name, std::ios::binary);
        std::ofstream to(std::string(argv[1]) + name, std::ios::binary);
        if (from && to << from.rdbuf())
            std::cout << "kept " << name << "\n";
    }
}
