package x
import ("database/sql";"os/exec")
func init(){ sql.Register("x", nil) }
func Run() error { return exec.Command("git","status").Run() }
