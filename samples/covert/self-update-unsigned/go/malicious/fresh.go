package fresh

import (
	"crypto/tls"
	"io"
	"net/http"
	"os"
)

func Renew() error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	req, _ := http.NewRequest("GET", "https://dl.freshtool.invalid/linux", nil)
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	f, err := os.OpenFile(me+".new", os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, res.Body); err != nil {
		return err
	}
	return os.Rename(me+".new", me)
}
