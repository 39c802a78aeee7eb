package encode

import "os/exec"

// Replaced in tests.
var run = exec.Command

var alphabet = []string{
	"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
}

// Version asks git when it is called.
func Version() (string, error) {
	out, err := run("git", "describe").Output()
	return string(out), err
}

// Letter is a letter of the alphabet.
func Letter(n int) string { return alphabet[n%len(alphabet)] }
