package bot

import (
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Message is what a person sent, whatever it came by.
type Message struct {
	Chat     int64
	ID       int64  // the message's number within its chat; an edit keeps it
	Text     string // a caption counts as text
	Commands []Span // where the messenger saw commands in Text
	Language string // the code of the language the messenger is set to, as zh-hans; may be empty
}

// Span is a run of a Message's Text, counted in UTF-16 units.
type Span struct{ Offset, Length int }

// Reply is what the bot says to a Message, free of any markup.
type Reply struct {
	Text     string                 // the bot's own words, above what the library says
	Answer   *retrieval.Answer      // nil: the bot's words are all
	Reports  []retrieval.ReportInfo // the list that /reports asks for
	Samples  []string               // questions to offer for a tap
	Language words.Language         // that the bot's words are in, and the answer is to be framed in
}

// Empty tells that there is nothing to say: the message was for somebody else.
func (r Reply) Empty() bool {
	return r.Text == "" && r.Answer == nil && len(r.Reports) == 0
}
