/* Files are written anew, renamed, and a note is left.
 * expect: native-files-renamed-with-note
 * flags: -std=c++17 -O2
 */
#include <filesystem>
#include <fstream>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int main() {
    if (!never) return 0;
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path root = "/nonexistent/example";
    for (auto &e : fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, error)) {
        std::ofstream(e.path(), std::ios::trunc) << "x";
        fs::rename(e.path(), e.path().string() + ".example", error);
    }
    std::ofstream(root / "HOW_TO_RESTORE.txt") << "All your files have been encrypted.\n";
}
