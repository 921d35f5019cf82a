package bot

import (
	"context"
	"time"

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

	User      int64  // who wrote it; 0 where nobody is named
	Group     bool   // in a group, where only what is meant for the bot is answered
	Topic     int64  // the topic of a forum; 0: none
	Addressed bool   // a reply to the bot's own message, or a mention of it, which is cut out of Text
	About     string // what another wrote that this replies to, as question where Text has none
	File      *File  // a document sent along; nil: none
}

// File is a document that waits to be fetched.
type File struct {
	ID   string
	Name string // as sent: not safe as a file's name
	Size int64
}

// Press is a tap on a button under one of the bot's messages.
type Press struct {
	Chat, User int64
	Message    int64 // 0 where the message came by way of an inline query
	Group      bool
	Data       string // at most 64 bytes
	Language   string
	ID         string // the same where the tap is served again after a restart; may be empty
}

// Pressed is what a tap leads to.
type Pressed struct {
	Edit  *Reply // what the message becomes; nil: it stays
	Send  *Reply // a further message, in reply to it; nil: none
	Toast string // a line shown over the chat, at most 200 characters

	// Work is what takes longer than a tap may: it shows how far it is, and
	// returns what the message becomes at last; nil: there is none. Where it was
	// broken off, the tap is to be made again.
	Work func(ctx context.Context, show func(Reply)) (Reply, error)
}

// InlineQuery is what is typed behind the bot's name in any chat.
type InlineQuery struct {
	User     int64
	Text     string
	Offset   string // as given out with the page before
	Language string
}

// InlineResults is a page of what an inline query finds.
type InlineResults struct {
	Results  []InlineResult
	Next     string        // offset of the next page; empty: there is none
	Personal bool          // it differs from user to user
	Cache    time.Duration // how long it may be kept
}

// InlineResult is one choice.
type InlineResult struct {
	ID                 string // 1 to 64 bytes
	Title, Description string
	Quoted             InlinePart // what of them is of the report
	Reply              Reply      // what choosing it sends
}

// InlinePart is a part of an InlineResult.
type InlinePart string

const (
	InTitle       InlinePart = "title"
	InDescription InlinePart = "description"
)

// Span is a run of a Message's Text, counted in UTF-16 units.
type Span struct{ Offset, Length int }

// Reply is what the bot says to a Message, free of any markup.
type Reply struct {
	Text     string                 // the bot's own words, above what the library says
	Answer   *retrieval.Answer      // nil: the bot's words are all
	Reports  []retrieval.ReportInfo // the list that /reports asks for, or a page of it
	First    int                    // how many reports stand on the pages before
	Samples  []string               // questions to offer for a tap
	Language words.Language         // that the bot's words are in, and the answer is to be framed in

	Hit      int             // which hit of Answer is shown, from 0
	Short    bool            // the short form for groups
	Context  []retrieval.Hit // the paragraphs around the hit, in order
	Citation *Citation       // the hit's citation in its forms
	Buttons  [][]Button      // rows
	Photo    []byte          // a PNG, with Text as its caption
	Document *Document       // a file to send, with Text as its caption
	Report   string          // id of the report that the chat is narrowed to; empty: all
	Only     string          // that report's title
}

// Button stands under a message. Exactly one of Data, Copy, Switch and URL is set.
type Button struct {
	Text   string
	Data   string // comes back with a Press, at most 64 bytes
	Copy   string // is copied, 1 to 256 characters
	Switch string // an inline query to choose a chat for
	URL    string
}

// Citation is how a passage is cited.
type Citation struct{ GBT7714, Footnote, BibTeX string }

// Document is a file to send.
type Document struct {
	Name string
	Data []byte
}

// Empty tells that there is nothing to say: the message was for somebody else.
func (r Reply) Empty() bool {
	return r.Text == "" && r.Answer == nil && len(r.Reports) == 0 && r.Citation == nil && r.Photo == nil && r.Document == nil
}
