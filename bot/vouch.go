package bot

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"chuchu/retrieval"
)

// Printer is a Library that reads what it has stored afresh.
type Printer interface {
	// Printed is a passage's text.
	Printed(id string) (text string, ok bool)
	// PrintedNotes are the texts of the notes to a passage's marker, and of
	// those that they point to.
	PrintedNotes(id, marker string) []string
}

// ErrNotPrinted says that what is to be quoted does not stand in the report.
var ErrNotPrinted = errors.New("not as the report has it")

// Drawn is a reply as it goes out, in markup.
type Drawn struct {
	Text   string
	Quotes []Quote // what it quotes, in order
}

// Quote is a quotation in a drawn reply.
type Quote struct {
	At       [][2]int // its parts, each from a byte of the text to another
	Passage  string   // short id of the passage that it is of
	Note     bool     // it is of the note to a marker, and not of the passage
	Marker   string   // that marker
	Unmarked bool     // it shows the hit's quote, but not its markers
}

// Vouch compares the quotations of a reply, and those of each form in which it
// is drawn, with the paragraphs and notes that they are from: character by
// character, read afresh and not taken from the answer.
func (b *Bot) Vouch(r Reply, drawn ...Drawn) error {
	if b.printer == nil {
		return nil
	}
	v := voucher{printer: b.printer, hits: map[string]retrieval.Hit{}, texts: map[string]string{}}
	hits := r.Context
	if r.Answer != nil {
		hits = append(hits[:len(hits):len(hits)], r.Answer.Hits...)
	}
	for _, h := range hits {
		if err := v.hit(h); err != nil {
			return err
		}
	}
	for _, d := range drawn {
		for _, q := range d.Quotes {
			if err := v.quote(d, q); err != nil {
				return err
			}
		}
		if len(d.Quotes) == 0 && quotes(r) {
			return fmt.Errorf("show passage %s: nothing of it is quoted: %w", r.Answer.Hits[0].PassageID, ErrNotPrinted)
		}
	}
	return nil
}

// quotes tells a reply that is nothing without its quotation.
func quotes(r Reply) bool {
	return r.Answer != nil && r.Answer.Found && len(r.Answer.Hits) > 0 && r.Citation == nil && r.Photo == nil && r.Document == nil
}

// VouchOffer compares the line of an inline offer that shows the start of a
// hit's quote or answer with the paragraph, read afresh.
func (b *Bot) VouchOffer(x InlineResult) error {
	if b.printer == nil || x.Quoted == "" || x.Reply.Answer == nil {
		return nil
	}
	h, shown := x.Reply.Answer.Hits[x.Reply.Hit], x.Title
	if x.Quoted == InDescription {
		shown = x.Description
	}
	printed, ok := b.printer.Printed(h.PassageID)
	if !ok || !stands(shown, printed) {
		return fmt.Errorf("show %q of passage %s: %w", shown, h.PassageID, ErrNotPrinted)
	}
	return nil
}

// voucher compares one reply with what is stored.
type voucher struct {
	printer Printer
	hits    map[string]retrieval.Hit // by short id
	texts   map[string]string        // as printed, by short id
}

func (v *voucher) hit(h retrieval.Hit) error {
	printed, ok := v.printer.Printed(h.PassageID)
	switch {
	case !ok:
		return fmt.Errorf("quote passage %s: it is not there any more: %w", h.PassageID, ErrNotPrinted)
	case printed != h.Text:
		return fmt.Errorf("quote passage %s: its text: %w", h.PassageID, ErrNotPrinted)
	case !strings.Contains(printed, h.Quote):
		return fmt.Errorf("quote %q of passage %s: %w", h.Quote, h.PassageID, ErrNotPrinted)
	case !strings.Contains(h.Quote, h.Answer):
		return fmt.Errorf("answer %q of passage %s: %w", h.Answer, h.PassageID, ErrNotPrinted)
	}
	id := Short(h.PassageID)
	v.texts[id] = printed
	if old, ok := v.hits[id]; !ok || old.Quote == "" {
		v.hits[id] = h
	}
	return nil
}

// quote compares a quotation of a drawn reply.
func (v *voucher) quote(d Drawn, q Quote) error {
	h, ok := v.hits[q.Passage]
	if !ok {
		return fmt.Errorf("quote passage %s: it is none of the reply: %w", q.Passage, ErrNotPrinted)
	}
	var text strings.Builder
	for _, at := range q.At {
		if at[0] < 0 || at[0] > at[1] || at[1] > len(d.Text) {
			return fmt.Errorf("quote passage %s: bytes %v of a text of %d: %w", h.PassageID, at, len(d.Text), ErrNotPrinted)
		}
		text.WriteString(plainText(d.Text[at[0]:at[1]]))
	}
	from := []string{v.texts[q.Passage]}
	switch {
	case q.Note:
		from = v.printer.PrintedNotes(h.PassageID, q.Marker)
	case q.Unmarked:
		from = []string{retrieval.Unmarked(h.Quote)}
	}
	for _, printed := range from {
		if stands(text.String(), printed) {
			return nil
		}
	}
	return fmt.Errorf("show %q of passage %s: %w", text.String(), h.PassageID, ErrNotPrinted)
}

// plainText is what a message says, without its markup.
func plainText(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "br" {
				b.WriteByte('\n')
			}
		}
	}
}

// stands tells whether a text is printed in another, be it shortened, as … says.
func stands(text, printed string) bool {
	if strings.Contains(printed, text) {
		return true
	}
	text, printed = normal(text), normal(printed)
	if strings.Contains(printed, text) {
		return true
	}
	start, shortened := strings.CutSuffix(text, "…")
	return shortened && strings.Contains(printed, strings.TrimRight(start, " "))
}

// normal is a text without the characters that no message is sent, its blanks
// in runs made one.
func normal(s string) string {
	shown := strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError || unicode.In(r, unicode.Bidi_Control, unicode.Noncharacter_Code_Point):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(shown), " ")
}
