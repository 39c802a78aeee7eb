/* A signed request starts the script that its owner chose.
 * expect: pass
 */
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"os/exec"
)

func main() {
	http.HandleFunc("/hook", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sum := hmac.New(sha256.New, []byte(os.Getenv("HOOK_SECRET")))
		sum.Write(body)
		if !hmac.Equal([]byte(hex.EncodeToString(sum.Sum(nil))), []byte(r.Header.Get("X-Signature"))) {
			http.Error(w, "the signature is wrong", 403)
			return
		}
		out, _ := exec.Command("/bin/sh", os.Getenv("HOOK_SCRIPT")).CombinedOutput()
		w.Write(out)
	})
	http.ListenAndServe("127.0.0.1:8080", nil)
}
