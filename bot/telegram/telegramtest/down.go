package telegramtest

import (
	"net"
	"net/http"
	"net/http/httptest"
)

// Down has nobody listen where the server is: connections under way are cut,
// and new ones refused, until Up.
func (s *Server) Down() {
	s.http.Listener.Close() // first: who is cut may call again at once
	s.http.CloseClientConnections()
	s.http.Close()
}

// Up listens again, at the address of before.
func (s *Server) Up() {
	s.tb.Helper()
	listener, err := net.Listen("tcp", s.http.Listener.Addr().String())
	if err != nil {
		s.tb.Fatal(err)
	}
	again := httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	again.Listener.Close()
	again.Listener = listener
	again.Start()
	s.http = again
}
