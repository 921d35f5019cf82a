package telegramtest

import "slices"

// KeepLast has the server keep no more than about n of the last calls and
// messages, for a run so long that all of them would not fit: it then knows no
// older message to edit or to reply to, and no Delays.
func (s *Server) KeepLast(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keepLast = n
}

// Watch has f see each call once it is carried out, before it is answered; it
// may be called several times at once.
func (s *Server) Watch(f func(Call)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = f
}

// trim drops the oldest once there are twice as many as are kept; 0: all are.
func trim[T any](list []T, keep int) []T {
	if keep == 0 || len(list) < 2*keep {
		return list
	}
	return slices.Clone(list[len(list)-keep:])
}

// know notes that there is a message; s.mu is held.
func (s *Server) know(chat, id int64) {
	key := [2]int64{chat, id}
	s.known[key] = true
	if s.keepLast == 0 {
		return
	}
	s.age = append(s.age, key)
	kept := trim(s.age, s.keepLast)
	for _, old := range s.age[:len(s.age)-len(kept)] {
		delete(s.known, old)
	}
	s.age = kept
}
