package probe

import (
	"bufio"
	"net"
	"os/exec"
)

// Version asks the tool that is installed here, and the server which one it wants.
func Version(addr string) (string, string, error) {
	out, err := exec.Command("tool", "--version").Output()
	if err != nil {
		return "", "", err
	}
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", "", err
	}
	defer conn.Close()
	wanted, err := bufio.NewReader(conn).ReadString('\n')
	return string(out), wanted, err
}
