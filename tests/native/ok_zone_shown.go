/* Meetings are shown in the zones of offices.
 * expect: pass
 */
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	for _, name := range []string{"Asia/Shanghai", "Europe/Madrid", "America/Chicago", os.Getenv("TZ")} {
		if zone, err := time.LoadLocation(name); err == nil {
			fmt.Println(name, time.Now().In(zone))
		}
	}
}
