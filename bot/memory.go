package bot

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"chuchu/bot/words"
)

// Kept is what is remembered of an answer, for its buttons.
type Kept struct {
	Key      string // stands in the buttons' data
	How      How
	Text     string   // what was asked, as put to the library
	Turns    []string // the questions before it
	TurnsBy  []string // who asked each: salted hashes
	Report   string   // id of the report that was searched alone; empty: all
	Language words.Language
	Chat     string // salted hash
	Asker    string // salted hash
	Message  int64  // that shows the answer; 0 where it is not known
	Time     time.Time
	TooLong  int  // length of the text that Text was taken from
	Short    bool // the short form was sent

	Hit    int       // that is shown
	Around bool      // the paragraphs around it are shown
	Rated  Rating    // what a rating is of, as shown now
	Shown  time.Time // when it came to be shown
	Cited  time.Time // when it was cited last
	Of     string    // short id of the passage that was cited, and its hit
	Tap    string    // salted hash of the tap that was served last

	File *File // of an upload
	Done bool  // the upload is decided

	// Sealed is all the rest of what the state is not to say: only who has the
	// button can read it. Nil: it is not sealed.
	Sealed []byte
}

// Forget takes a user's questions out of those before another's.
func (k *Kept) Forget(user string) {
	k.Rated.Forget(user)
	var turns, by []string
	for i, text := range k.Turns {
		who := ""
		if i < len(k.TurnsBy) {
			who = k.TurnsBy[i]
		}
		if who != user {
			turns, by = append(turns, text), append(by, who)
		}
	}
	k.Turns, k.TurnsBy = turns, by
}

// How says in what way an answer came about.
type How string

// The ways.
const (
	HowAsk      How = "ask"
	HowCite     How = "cite"
	HowPassage  How = "passage"  // Text is its short id
	HowFootnote How = "footnote" // Text is its short id
	HowUpload   How = "upload"
)

// ChatState is what is remembered of a chat.
type ChatState struct {
	Report   string         // id of the report to search alone; empty: all
	Language words.Language // asked for with /lang; Unclear: the asker's own
	Last     string         // key of the last answer
	Was      string         // salted hash of the id that the group had before, if that one is on the list of who may ask
	Joined   bool           // the group was greeted
	Moved    string         // salted hash of the chat that it became; the rest is empty

	Topics map[int64]string `json:",omitempty"` // keys of the last answers in the topics of a forum
}

// mostTopics bounds the topics of a forum whose last answer is remembered.
const mostTopics = 100

// last is the key of the last answer in a topic; 0: outside of any.
func (s ChatState) last(topic int64) string {
	if topic == 0 {
		return s.Last
	}
	return s.Topics[topic]
}

// setLast remembers it; empty: there is none. The oldest of the other topics
// makes room.
func (s *ChatState) setLast(topic int64, key string) {
	if topic == 0 {
		s.Last = key
		return
	}
	topics := maps.Clone(s.Topics)
	if topics == nil {
		topics = map[int64]string{}
	}
	delete(topics, topic)
	if key != "" {
		if len(topics) >= mostTopics {
			delete(topics, slices.Min(slices.Collect(maps.Keys(topics))))
		}
		topics[topic] = key
	}
	s.Topics = topics
}

// Asked is a question of the history.
type Asked struct {
	Key  string // of its answer
	Time time.Time
	Worded
	Passage string // id of the one shown; empty: none
	Section string
	Score   float64
	Found   bool
	Took    time.Duration
	User    string // salted hash
	Chat    ChatKind
}

// ChatKind says where a question was asked.
type ChatKind string

// The kinds.
const (
	Private ChatKind = "private"
	InGroup ChatKind = "group"
	AsGuest ChatKind = "guest" // in a chat that the bot is not in
)

// Worded is a question as it is kept.
type Worded struct {
	Question string   // as understood
	Written  string   `json:",omitempty"` // as asked, where that is another
	From     []string `json:",omitempty"` // who asked those before, which Question then leans on: salted hashes
}

// Forget takes what a user asked before out of another's question.
func (w *Worded) Forget(user string) (changed bool) {
	if !slices.Contains(w.From, user) {
		return false
	}
	*w = Worded{Question: w.Written}
	return true
}

// Feedback is what somebody wrote with /feedback.
type Feedback struct {
	Time time.Time
	User string // salted hash
	Text string
}

// Rating is what somebody thinks of an answer, of the passage that it showed then.
type Rating struct {
	Key, User string // of the answer; salted hash
	Good      bool
	Time      time.Time
	Worded           // empty where a link led to the passage
	Passage   string // its id; empty: none was shown
	Score     float64
}

// Memory is what the bot keeps over a restart.
type Memory interface {
	// Salt is random and never changes.
	Salt() []byte
	// Keep remembers an answer in the place of what its key held, and row, if
	// there is one, in the history.
	Keep(k Kept, row *Asked) error
	// Put changes what is remembered of an answer, not its history.
	Put(k Kept) error
	// Kept returns an answer by its key; ok is false where there is none.
	Kept(key string) (k Kept, ok bool, err error)
	// Rate keeps a user's one rating of an answer; a later one replaces it.
	Rate(r Rating) error
	Chat(chat string) (ChatState, error)
	SetChat(chat string, s ChatState) error
	// ForgetChat drops a chat with its answers; MoveChat gives it another id.
	ForgetChat(chat string) error
	MoveChat(from, to string) error
	Say(f Feedback) error

	// History calls f with what was asked since then, oldest first.
	History(since time.Time, f func(Asked)) error
	// LastAsked returns a user's last questions, newest first, each once.
	LastAsked(user string, n int) ([]string, error)
	// Feedback returns the newest, newest first.
	Feedback(n int) ([]Feedback, error)
	// Ratings calls f with those of the answers that are remembered.
	Ratings(f func(Rating)) error
	// Erase removes all that is kept of a user and of the user's private chat,
	// and counts it.
	Erase(user, chat string) (int, error)
}

// errNoMemory says that a bot without Memory was to keep something.
var errNoMemory = errors.New("nothing is kept here")

// noMemory keeps the settings of chats and the last answer as long as the
// process runs, and nothing else.
type noMemory struct {
	mu    sync.Mutex
	chats map[string]ChatState
	last  Kept
}

func newNoMemory() *noMemory { return &noMemory{chats: map[string]ChatState{}} }

func (*noMemory) Salt() []byte                            { return nil }
func (*noMemory) Put(Kept) error                          { return nil }
func (*noMemory) Rate(Rating) error                       { return nil }
func (*noMemory) Say(Feedback) error                      { return errNoMemory }
func (*noMemory) History(time.Time, func(Asked)) error    { return nil }
func (*noMemory) LastAsked(string, int) ([]string, error) { return nil, nil }
func (*noMemory) Feedback(int) ([]Feedback, error)        { return nil, nil }
func (*noMemory) Ratings(func(Rating)) error              { return nil }
func (*noMemory) Erase(string, string) (int, error)       { return 0, nil }
func (m *noMemory) ForgetChat(chat string) error          { return m.MoveChat(chat, "") }
func (m *noMemory) with(f func(chats map[string]ChatState)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f(m.chats)
}
func (m *noMemory) Keep(k Kept, _ *Asked) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = k
	return nil
}

func (m *noMemory) Kept(key string) (Kept, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key == "" || key != m.last.Key {
		return Kept{}, false, nil
	}
	return m.last, true, nil
}

func (m *noMemory) SetChat(chat string, s ChatState) error {
	m.with(func(c map[string]ChatState) { c[chat] = s })
	return nil
}

func (m *noMemory) Chat(chat string) (s ChatState, err error) {
	m.with(func(c map[string]ChatState) { s = c[chat] })
	return s, nil
}

func (m *noMemory) MoveChat(from, to string) error {
	m.with(func(c map[string]ChatState) {
		s, ok := c[from]
		if ok && to != "" {
			c[to] = s
		}
		maps.DeleteFunc(c, func(id string, _ ChatState) bool { return id == from })
	})
	return nil
}
