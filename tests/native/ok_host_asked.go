/* Shows the key that is meant for everybody and runs a command on a host that it is given.
 * expect: pass
 * flags: -ldflags=-s
 */
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: hostcheck HOST")
		os.Exit(2)
	}
	home, _ := os.UserHomeDir()
	key, err := os.ReadFile(filepath.Join(home, ".ssh/id_ed25519.pub"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	c, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], "22"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	c.Close()
	out, _ := exec.Command("ssh", "-o", "StrictHostKeyChecking=accept-new", os.Args[1], "uptime").CombinedOutput()
	fmt.Printf("%s%s", key, out)
}
