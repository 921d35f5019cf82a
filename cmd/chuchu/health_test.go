package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestHealth asks servers that are well, unwell, behind TLS, and not there.
func TestHealth(t *testing.T) {
	code := http.StatusOK
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			code = http.StatusNotFound
		}
		http.Error(w, "as it is", code)
	})
	plain, secure := httptest.NewServer(h), httptest.NewTLSServer(h)
	t.Cleanup(secure.Close)
	address := func(s *httptest.Server) string { return s.Listener.Addr().String() }
	port := address(plain)[strings.LastIndex(address(plain), ":"):]
	health := func(args ...string) (int, string) {
		var out, err bytes.Buffer
		exit := run(t.Context(), append([]string{"health"}, args...), nil, &out, &err)
		return exit, out.String() + err.String()
	}
	check := func(name string, want int, say string, args ...string) {
		t.Helper()
		if exit, said := health(args...); exit != want || !strings.Contains(said, say) || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: exit code %d, %q, want %d, %q", name, exit, said, want, say)
		}
	}
	check("well", 0, "as it is", "--listen", address(plain))
	check("a port alone", 0, "as it is", "--listen", port)
	check("all addresses", 0, "as it is", "--listen", "0.0.0.0"+port)
	check("behind TLS", 0, "as it is", "--listen", address(secure), "--tls-cert", "cert.pem")
	code = http.StatusServiceUnavailable
	check("unwell", 1, "503 Service Unavailable: as it is", "--listen", address(plain))
	plain.Close()
	check("not there", 1, "refused", "--listen", address(plain))
	check("not told", 2, "CHUCHU_LISTEN")
}
