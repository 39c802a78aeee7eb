/* A digest of the host's name goes along when a tool asks for news; nothing is started.
 * expect: pass
 */
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	host, _ := os.Hostname()
	answer, err := http.Get(fmt.Sprintf("https://x.invalid/news?id=%x", sha256.Sum256([]byte(host))))
	if err != nil {
		fmt.Println(err)
		return
	}
	io.Copy(os.Stdout, answer.Body)
}
