package header

import (
	"os"
	"strings"
)

var gaps = []rune{' ', 0x00a0, 0x2009, 0x202f}

func clean(line string) string {
	return strings.Map(func(r rune) rune {
		for _, g := range gaps {
			if r == g {
				return ' '
			}
		}
		return r
	}, line)
}

func title() string {
	name, _ := os.Hostname()
	return clean(name)
}
