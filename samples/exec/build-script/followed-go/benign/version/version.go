package version

import (
	"os/exec"
	"strings"
)

// Revision is what the working copy stands at.
var Revision = "unknown"

func init() {
	out, err := exec.Command("git", "rev-parse", "HEAD").Output()
	if err == nil {
		Revision = strings.TrimSpace(string(out))
	}
}
