/* An updater looks at the signature of what it fetched.
 * expect: pass
 */
package main

import (
	"crypto/ed25519"
	"io"
	"net/http"
	"os"
	"os/exec"
)

var key = make([]byte, 32)

func fetch(address string) []byte {
	answer, err := http.Get(address)
	if err != nil {
		return nil
	}
	bytes, _ := io.ReadAll(answer.Body)
	return bytes
}

func main() {
	bytes := fetch("https://x.invalid/tool")
	if !ed25519.Verify(key, bytes, fetch("https://x.invalid/tool.sig")) {
		println("the signature is wrong")
		os.Exit(1)
	}
	own, _ := os.Executable()
	os.WriteFile(own+".new", bytes, 0o755)
	os.Rename(own, own+".old")
	os.Rename(own+".new", own)
	os.Remove(own + ".old")
	exec.Command(own, "--version").Start()
}
