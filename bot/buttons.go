package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// What a button does, as its data begins.
const (
	opHit    = "h" // show a hit: key, hit, its short id
	opNext   = "f" // show the hit behind one: key, that hit, its short id
	opBefore = "b" // show the hit before one: the same
	opAround = "x" // show the paragraphs around it: key, hit, its short id
	opCite   = "c" // cite it: key, hit, its short id
	opGood   = "+" // rate the answer: key
	opBad    = "-"
	opReport = "r" // search one report alone: its short id; empty: all
	opSpeak  = "l" // speak a language: its code
	opAdd    = "u" // add an upload: key
	opDrop   = "n" // do not add it: key
	opRemove = "d" // remove a report: its short id, how often it was confirmed
	opCancel = "k"
	opTurn   = "p" // turn a list of reports: which, page
)

const (
	maxSwitch   = 256 // characters of an inline query
	maxCopy     = 256
	maxButton   = 40 // characters of a title on a button
	buttonsLast = 30 * 24 * time.Hour
)

// data joins the parts of a button's data.
func data(op string, parts ...string) string {
	return strings.Join(append([]string{op}, parts...), ":")
}

// pressed is a button's data taken apart.
type pressed struct {
	op, key string
	number  int    // -1: there is none
	passage string // short id; empty: whichever has that number
}

func cutData(s string) pressed {
	parts := append(strings.SplitN(s, ":", 4), "", "", "")
	n, err := strconv.Atoi(parts[2])
	if err != nil {
		n = -1
	}
	return pressed{parts[0], parts[1], n, parts[3]}
}

// keyOf is the key of the answer that a Reply's buttons belong to.
func keyOf(r Reply) string {
	for _, row := range r.Buttons {
		for _, button := range row {
			switch d := cutData(button.Data); d.op {
			case opHit, opNext, opBefore, opAround, opCite, opGood, opBad, opAdd:
				return d.key
			}
		}
	}
	return ""
}

// stale tells whether the buttons' time is over.
func (k Kept) stale(now time.Time) bool { return now.Sub(k.Time) >= buttonsLast }

// buttons are those under an answer.
func (b *Bot) buttons(k Kept, a retrieval.Answer) [][]Button {
	if !b.keeps() {
		return nil
	}
	w := words.In(k.Language)
	var rows [][]Button
	add := func(row []Button) {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	switch {
	case k.Short && len(a.Hits) > 0: // first of all the rest of it
		add([]Button{{Text: "▶ " + w.Whole, Data: data(opHit, k.Key, strconv.Itoa(k.Hit))}})
	case a.Found:
		add(k.steps(a.Hits))
	}
	if a.Found && k.Hit < len(a.Hits) {
		add(b.looks(k, Short(a.Hits[k.Hit].PassageID), w))
	}
	var last []Button
	if !b.opt.NoHistory { // else nobody would hear of them
		last = append(last, Button{Text: "👍", Data: data(opGood, k.Key)}, Button{Text: "👎", Data: data(opBad, k.Key)})
	}
	return append(rows, append(last, Button{Text: w.Share, Switch: k.shared(a)}))
}

// steps lead to the hits before and behind the one shown. They name its passage,
// as looks do: reports may come and go before they are tapped, and another be
// the hit of that number.
func (k Kept) steps(hits []retrieval.Hit) []Button {
	return arrows(k.Hit, len(hits), func(to int) string {
		op := opNext
		if to < k.Hit {
			op = opBefore
		}
		return data(op, k.Key, strconv.Itoa(k.Hit), Short(hits[k.Hit].PassageID))
	})
}

// arrows lead from one of n things to that before and that behind it.
func arrows(at, n int, data func(to int) string) (row []Button) {
	lead := func(arrow string, to int) {
		if to >= 0 && to < n {
			row = append(row, Button{Text: fmt.Sprintf("%s %d/%d", arrow, to+1, n), Data: data(to)})
		}
	}
	lead("◀", at-1)
	lead("▶", at+1)
	return row
}

// looks are other ways to see the hit shown.
func (b *Bot) looks(k Kept, passage string, w words.Words) (row []Button) {
	at := strconv.Itoa(k.Hit)
	switch {
	case k.Around:
		row = append(row, Button{Text: w.Back, Data: data(opHit, k.Key, at, passage)})
	case b.pages != nil:
		row = append(row, Button{Text: w.Context, Data: data(opAround, k.Key, at, passage)})
	}
	if b.opt.Cite != nil {
		row = append(row, Button{Text: w.Cite, Data: data(opCite, k.Key, at, passage)})
	}
	return row
}

// shared is what an answer is found by in another chat. Where the question alone
// would not find there what is shown here, the passage is named.
func (k Kept) shared(a retrieval.Answer) string {
	text := understood(k, a)
	if !a.Found || k.Hit >= len(a.Hits) {
		return switched(text, "")
	}
	h := a.Hits[k.Hit]
	if k.linked() {
		text = shorten(oneLine(h.Quote), maxButton)
	}
	if k.linked() || k.Hit > 0 || k.Report != "" {
		return switched(text, pinOf(a, k.Hit))
	}
	return switched(text, "")
}

// switched is text as an inline query that ends in pin.
func switched(text, pin string) string {
	text = shorten(strings.Join(strings.Fields(text), " "), maxSwitch-len(pin)-1)
	return strings.TrimSpace(text + " " + pin)
}

// looseButtons stand under an answer in a chat that the bot is not in, where a
// tap brings no chat along: they need nothing that is kept.
func (b *Bot) looseButtons(h retrieval.Hit, shared string, l words.Language) [][]Button {
	w := words.In(l)
	var row, copied []Button
	if link := Link(b.opt.Name, linkPassage+Short(h.PassageID)); link != "" && b.pages != nil {
		row = append(row, Button{Text: w.Open, URL: link})
	}
	if shared != "" {
		row = append(row, Button{Text: w.Share, Switch: shared})
	}
	if b.opt.Cite != nil {
		c := b.opt.Cite(h, l)
		c.BibTeX = "" // that is for who works on a text, not for who reads a chat
		copied = slices.Concat(copyButtons(c, w)...)
	}
	return slices.DeleteFunc([][]Button{row, copied}, func(r []Button) bool { return len(r) == 0 })
}

// copies tells whether a button can copy text.
func copies(text string) bool { return text != "" && len(utf16.Encode([]rune(text))) <= maxCopy }

// copyButtons copy the forms of a citation, those that are not too long.
func copyButtons(c Citation, w words.Words) (rows [][]Button) {
	for _, f := range []struct{ name, text string }{{w.CopyGBT, c.GBT7714}, {w.CopyFootnote, c.Footnote}, {w.CopyBibTeX, c.BibTeX}} {
		if copies(f.text) {
			rows = append(rows, []Button{{Text: f.name, Copy: f.text}})
		}
	}
	return rows
}
