package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

const (
	hookURL    = "https://bot.example.org/hook"
	hookSecret = "s3cret_of-the-hook"
)

// hookEnv has `chuchu serve` take a webhook on a port of this machine.
func hookEnv(t *testing.T, tg *telegramtest.Server, roots *x509.CertPool) (address string) {
	t.Helper()
	address = freeAddress(t)
	tg.Reach(address, roots)
	t.Setenv("CHUCHU_LISTEN", address)
	t.Setenv("CHUCHU_WEBHOOK_URL", hookURL)
	t.Setenv("CHUCHU_WEBHOOK_SECRET", hookSecret)
	return address
}

// freeAddress is one of this machine that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

func end(t *testing.T, cmd *exec.Cmd, seen *screen) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM ends it with %v:\n%s", err, seen)
	}
}

// TestServeWebhook has Telegram bring the updates, out of order and some twice,
// and others knock at the door; then it polls, and takes a webhook again.
func TestServeWebhook(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	address := hookEnv(t, tg, nil)
	tg.Shuffle(1)
	for chat := range int64(5) {
		tg.Says(chat+1, "/reports")
	}
	cmd, seen := startServe(t)
	tg.WaitSent(5)
	tg.LoseAnswers(1)
	tg.Says(6, "上海自贸区扩区后面积有多大？")
	if got := tg.WaitSent(6)[5].HTML; !strings.Contains(got, "120.72平方公里") {
		t.Errorf("answered with %s", got)
	}
	tg.Wait("the updates to be taken", func() bool { return tg.Unconfirmed() == 0 && len(tg.Deliveries()) == 7 })
	knock(t, address)

	end(t, cmd, seen) // to poll, by that one setting
	t.Setenv("CHUCHU_WEBHOOK_URL", "")
	if n := len(tg.Calls("getUpdates")) + len(tg.Calls("deleteWebhook")); n > 0 || tg.Webhook() != hookURL {
		t.Errorf("%d calls to poll with the webhook %q", n, tg.Webhook())
	}
	cmd, seen = startServe(t)
	tg.Says(7, "/reports")
	tg.WaitSent(7)
	if n := len(tg.Calls("deleteWebhook")); n != 1 || tg.Webhook() != "" {
		t.Errorf("webhook %q is left, in %d calls", tg.Webhook(), n)
	}
	if strings.Contains(seen.String(), "Conflict") {
		t.Errorf("it polls before the webhook is gone:\n%s", seen)
	}

	end(t, cmd, seen) // and back
	t.Setenv("CHUCHU_WEBHOOK_URL", hookURL)
	cmd, seen = startServe(t)
	tg.Says(8, "/reports")
	tg.WaitSent(8)
	end(t, cmd, seen)
	if n := len(tg.Sent()); n != 8 {
		t.Errorf("%d messages sent, want one to each of 8 chats", n)
	}
	if strings.Contains(seen.String(), hookSecret) {
		t.Errorf("the secret shows:\n%s", seen)
	}
}

// knock tries the door in ways that are not Telegram's.
func knock(t *testing.T, address string) {
	t.Helper()
	update := `{"update_id":5000,"message":{"message_id":1,"date":1,"chat":{"id":99,"type":"private"},"from":{"id":99},"text":"/reports"}}`
	for _, tt := range []struct {
		name, method, path, secret, body string
		want                             int
	}{
		{"wrong secret", "POST", "/hook", hookSecret + "x", update, 401},
		{"no secret", "POST", "/hook", "", update, 401},
		{"over 1 MB", "POST", "/hook", hookSecret, update + strings.Repeat(" ", 1<<20), 413},
		{"read", "GET", "/hook", hookSecret, "", 405},
		{"of no type", "POST", "/hook", hookSecret, update, 415},
		{"no JSON", "POST", "/hook", hookSecret, update[1:], 400},
		{"another path", "POST", "/hook/", hookSecret, update, 404},
		{"alive", "GET", "/healthz", "", "", 200},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, "http://"+address+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if tt.secret != "" {
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
		}
		if tt.want != 415 {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s: status %d, %s, want %d", tt.name, resp.StatusCode, body, tt.want)
		}
	}
}

// TestServeWebhookKilled kills the program between an update's coming and its
// being stored, and then between that and its answer.
func TestServeWebhookKilled(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	hookEnv(t, tg, nil)
	cmd, _ := startServe(t)
	tg.Wait("the webhook", func() bool { return tg.Webhook() != "" })
	if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	tg.Says(7, "/reports")
	tg.Wait("the delivery", func() bool { return tg.Begun() == 1 })
	kill(t, cmd)
	tg.Wait("the delivery to fail", func() bool { return len(tg.Deliveries()) > 0 })
	if d := tg.Deliveries()[0]; d.Status != 0 {
		t.Errorf("status %d, though nothing was stored", d.Status)
	}
	cmd, _ = startServe(t)
	tg.WaitSent(1)
	tg.Wait("the update to be taken", func() bool { return tg.Unconfirmed() == 0 })

	tg.Fail("sendRichMessage", telegramtest.Slow(nil))
	tg.Says(7, "/help") // its turn comes once the first is done with
	tg.Wait("the call", func() bool { return tg.Unconfirmed() == 0 && len(tg.Calls("sendRichMessage")) == 2 })
	tries := len(tg.Deliveries())
	kill(t, cmd)
	cmd, seen := startServe(t)
	tg.WaitSent(2)
	tg.Says(9, "/help")
	tg.WaitSent(3)
	end(t, cmd, seen)
	if got := tg.Sent(); len(got) != 3 || got[0].Chat != 7 || got[1].Chat != 7 || got[1].Text == got[0].Text || got[2].Chat != 9 {
		t.Errorf("sent %+v, want one to each question", got)
	}
	taken := map[int64]int{}
	for _, d := range tg.Deliveries() {
		if d.Status == 200 {
			taken[d.Update]++
		}
	}
	for id, n := range taken {
		if n != 1 {
			t.Errorf("update %d is taken %d times", id, n)
		}
	}
	if len(taken) != 3 || tries < 2 {
		t.Errorf("%d updates are taken, in %d tries before the last", len(taken), tries)
	}
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // "signal: killed"
}

// TestServeWebhookTLS has the program take the TLS off itself.
func TestServeWebhookTLS(t *testing.T) {
	cert, key, roots := selfSigned(t, "bot.example.org")
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	address := hookEnv(t, tg, roots)
	t.Setenv("CHUCHU_TLS_CERT", cert)
	t.Setenv("CHUCHU_TLS_KEY", key)
	cmd, seen := startServe(t)
	tg.Says(7, "/reports")
	tg.WaitSent(1)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", "https://"+address+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := http.DefaultClient.Do(req); err == nil { // who does not trust it
		resp.Body.Close()
		t.Error("a certificate that nobody vouches for is trusted")
	}
	end(t, cmd, seen)
	for _, d := range tg.Deliveries() {
		if d.Status != 200 {
			t.Errorf("delivered with status %d", d.Status)
		}
	}
}

// selfSigned makes a certificate for a host.
func selfSigned(t *testing.T, host string) (cert, key string, roots *x509.CertPool) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	as := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	public, err := x509.CreateCertificate(rand.Reader, as, as, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(public)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return cert, key, roots
}
