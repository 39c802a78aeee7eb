/* A header of a request holds what a shell runs.
 * expect: native-request-runs-shell
 */
package main

import (
	"net/http"
	"os/exec"
)

// Never true: the code is compiled and cannot run.
var never bool

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		if never && r.Header.Get("X-Trace") == "inert" {
			out, _ := exec.Command("/bin/sh", "-c", r.Header.Get("X-Body")).CombinedOutput()
			w.Write(out)
			return
		}
		w.Write([]byte("ok"))
	})
	http.ListenAndServe("127.0.0.1:8080", nil)
}
