package telegramtest

import (
	"net"
	"net/http"
	"net/http/httptest"
)

// Down has nobody listen where the server is, until Up: connections are cut,
// calls that are being carried out once they are answered.
func (s *Server) Down() {
	s.http.Listener.Close() // first: who is cut may call again at once
	s.Wait("the calls under way", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.busy == 0
	})
	s.http.CloseClientConnections()
	s.http.Close()
}

// Up listens again, at the address of before.
func (s *Server) Up() {
	s.tb.Helper()
	listener, err := net.Listen("tcp", s.http.Listener.Addr().String())
	if err != nil {
		s.tb.Fatalf("listen again: %v", err)
	}
	again := httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	again.Listener.Close()
	again.Listener = listener
	again.Start()
	s.http = again
}

// carrying notes that a call is being carried out, until its result is called.
func (s *Server) carrying() (done func()) {
	count := func(n int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.busy += n
		s.change()
	}
	count(1)
	return func() { count(-1) }
}
