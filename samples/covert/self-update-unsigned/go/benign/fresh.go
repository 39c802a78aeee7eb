package fresh

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"os"
)

func Renew(sum []byte) error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	res, err := http.Get("https://dl.freshtool.invalid/linux")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return errors.New("not what was released")
	}
	if err := os.WriteFile(me+".new", body, 0o755); err != nil {
		return err
	}
	return os.Rename(me+".new", me)
}
