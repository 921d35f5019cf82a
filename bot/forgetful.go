package bot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"
)

// forgetful is a Memory for a bot that is to record nothing. What the buttons
// need is sealed with the answer's key, which stands in the buttons alone; it
// keeps no history, ratings or feedback, and which answer was a chat's last
// only as long as the process runs.
type forgetful struct {
	Memory

	mu   sync.Mutex
	last map[string]lastOf // by chat
}

// lastOf are the keys of a chat's last answers.
type lastOf struct {
	key    string
	topics map[int64]string
}

// mostLast bounds the chats of which the last answer is known.
const mostLast = 10_000

func newForgetful(m Memory) *forgetful { return &forgetful{Memory: m, last: map[string]lastOf{}} }

var errUnsealed = errors.New("the answer cannot be unsealed")

func (f *forgetful) derive(what, key string) []byte {
	h := hmac.New(sha256.New, f.Salt())
	h.Write([]byte(what + " " + key))
	return h.Sum(nil)
}

// name is what a sealed answer is found by: its key cannot be read from it.
func (f *forgetful) name(key string) string {
	return base64.RawURLEncoding.EncodeToString(f.derive("sealed", key))[:keyLen]
}

func (f *forgetful) cipher(key string) (cipher.AEAD, error) {
	block, err := aes.NewCipher(f.derive("seal", key))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// seal leaves open only what erasing and forgetting go by.
func (f *forgetful) seal(k Kept) (Kept, error) {
	k.Rated = Rating{Passage: k.Rated.Passage} // from which /more goes on
	plain, err := json.Marshal(k)
	if err != nil {
		return Kept{}, err
	}
	c, err := f.cipher(k.Key)
	if err != nil {
		return Kept{}, err
	}
	return Kept{Key: f.name(k.Key), Chat: k.Chat, Asker: k.Asker, TurnsBy: k.TurnsBy, Time: k.Time, Sealed: c.Seal(nil, nil, plain, nil)}, nil
}

func (f *forgetful) Keep(k Kept, _ *Asked) error {
	sealed, err := f.seal(k)
	if err != nil {
		return fmt.Errorf("seal an answer: %w", err)
	}
	return f.Memory.Keep(sealed, nil)
}

func (f *forgetful) Put(k Kept) error {
	sealed, err := f.seal(k)
	if err != nil {
		return fmt.Errorf("seal an answer: %w", err)
	}
	return f.Memory.Put(sealed)
}

func (f *forgetful) Kept(key string) (k Kept, ok bool, err error) {
	sealed, ok, err := f.Memory.Kept(f.name(key))
	if err != nil || !ok || key == "" {
		return Kept{}, false, err
	}
	c, err := f.cipher(key)
	if err != nil {
		return Kept{}, false, err
	}
	plain, err := c.Open(nil, nil, sealed.Sealed, nil)
	if err == nil {
		err = json.Unmarshal(plain, &k)
	}
	if err != nil {
		return Kept{}, false, fmt.Errorf("%w: %w", errUnsealed, err)
	}
	k.Chat = sealed.Chat // it may have moved
	return k, true, nil
}

// Chat adds the last answer's key, which would unseal it, to what is kept.
func (f *forgetful) Chat(chat string) (ChatState, error) {
	s, err := f.Memory.Chat(chat)
	f.mu.Lock()
	defer f.mu.Unlock()
	s.Last, s.Topics = f.last[chat].key, f.last[chat].topics
	return s, err
}

// SetChat writes only what a chat chose.
func (f *forgetful) SetChat(chat string, s ChatState) error {
	f.mu.Lock()
	if len(f.last) >= mostLast {
		clear(f.last)
	}
	f.last[chat] = lastOf{s.Last, s.Topics}
	f.mu.Unlock()
	s.Last, s.Topics = "", nil
	if old, err := f.Memory.Chat(chat); err == nil && reflect.DeepEqual(old, s) {
		return nil
	}
	return f.Memory.SetChat(chat, s)
}

func (f *forgetful) forget(chat string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.last, chat)
}

func (f *forgetful) ForgetChat(chat string) error {
	f.forget(chat)
	return f.Memory.ForgetChat(chat)
}

func (f *forgetful) MoveChat(from, to string) error {
	f.mu.Lock()
	if last, ok := f.last[from]; ok { // else it has moved already: both chats tell of it
		f.last[to] = last
		delete(f.last, from)
	}
	f.mu.Unlock()
	return f.Memory.MoveChat(from, to)
}

func (f *forgetful) Erase(user, chat string) (int, error) {
	f.forget(chat)
	return f.Memory.Erase(user, chat)
}

func (*forgetful) Rate(Rating) error                       { return nil }
func (*forgetful) Ratings(func(Rating)) error              { return nil }
func (*forgetful) Say(Feedback) error                      { return errNoMemory }
func (*forgetful) Feedback(int) ([]Feedback, error)        { return nil, nil }
func (*forgetful) History(time.Time, func(Asked)) error    { return nil }
func (*forgetful) LastAsked(string, int) ([]string, error) { return nil, nil }

// randomKey is a key that cannot be worked out from what is kept.
func randomKey() string {
	b := make([]byte, sha256.Size)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)[:keyLen]
}
