package web_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"chuchu/bot/web"
)

// certify writes a certificate of a number into files, which are changed then.
func certify(t *testing.T, dir string, number int64, at time.Time) (cert, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	as := &x509.Certificate{SerialNumber: big.NewInt(number), DNSNames: []string{"bot.example.org"}, NotAfter: time.Now().Add(time.Hour)}
	public, err := x509.CreateCertificate(rand.Reader, as, as, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// shown is the number of the certificate that a caller is shown.
func shown(t *testing.T, address string) int64 {
	t.Helper()
	d := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}} // whose it is, is looked at here
	c, err := d.DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.(*tls.Conn).ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// TestCertificateIsRenewed changes the files while the door is open, to a new
// pair and to half of one.
func TestCertificateIsRenewed(t *testing.T) {
	dir, at := t.TempDir(), time.Now().Add(-time.Hour)
	cert, key := certify(t, dir, 1, at)
	door, err := web.Open(t.Context(), web.Options{Listen: ":0", Cert: cert, Key: key, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- door.Serve(ctx, &taker{}) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	if n := shown(t, door.Addr()); n != 1 {
		t.Errorf("certificate %d is shown, want the first", n)
	}
	certify(t, dir, 2, at.Add(time.Minute))
	if n := shown(t, door.Addr()); n != 2 {
		t.Errorf("certificate %d is shown, want the new one", n)
	}
	if err := os.WriteFile(key, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := shown(t, door.Addr()); n != 2 {
		t.Errorf("certificate %d is shown, want the last whole one", n)
	}
	certify(t, dir, 3, at.Add(2*time.Minute))
	if n := shown(t, door.Addr()); n != 3 {
		t.Errorf("certificate %d is shown, want the third", n)
	}
}
