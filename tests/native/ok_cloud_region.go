/* The machine asks the cloud where it is, and says so.
 * expect: pass
 */
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	if region := os.Getenv("AWS_REGION"); region != "" {
		fmt.Println(region)
		return
	}
	answer, err := http.Get("http://192.0.2.254/latest/meta-data/placement/region")
	if err != nil {
		fmt.Println("not in the cloud")
		return
	}
	text, _ := io.ReadAll(answer.Body)
	fmt.Println(string(text))
}
