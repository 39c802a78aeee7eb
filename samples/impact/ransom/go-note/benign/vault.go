// Package vault encrypts single files for their owner. Donations in Bitcoin are welcome, see README.txt.
package vault

import (
	"crypto/cipher"
	"os"
)

// Lock replaces a file by its encrypted form; all data is encrypted with the owner's key.
func Lock(g cipher.AEAD, nonce []byte, p string) error {
	plain, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	if err := os.WriteFile(p+".vault", g.Seal(nonce, nonce, plain, nil), 0o600); err != nil {
		return err
	}
	return os.Remove(p)
}
