package render

import (
	"strings"
	"unicode"

	"chuchu/bot"
	"chuchu/retrieval"
)

// A message is drawn with characters around what it quotes that stand for no
// text (Unicode keeps them from ever being any) and so are in none; they are
// taken out again once the places of the quotations are known.
const (
	openMark  = '\ufdd0' // and the source's name up to the next
	namedMark = '\ufdd1'
	asideMark = '\ufdd2'
	backMark  = '\ufdd3'
	shutMark  = '\ufdd4'
)

func isSentinel(r rune) bool { return unicode.Is(unicode.Noncharacter_Code_Point, r) }

// quotation is text as quoted from a source.
func quotation(source string, text ...span) line {
	out := append(line{{opens, source}}, text...)
	return append(out, span{shuts, ""})
}

// A source is named by what a quotation is of and the passage's short id.
func passage(h retrieval.Hit) string  { return "p" + bot.Short(h.PassageID) }
func unmarked(h retrieval.Hit) string { return "u" + bot.Short(h.PassageID) }

func note(h retrieval.Hit, f retrieval.Footnote) string {
	return "n" + bot.Short(h.PassageID) + clean(f.Marker)
}

// sentinel is how a span that is not shown stands in a drawn message.
func sentinel(s span) string {
	switch s.mark {
	case opens:
		return string(openMark) + s.text + string(namedMark)
	case aside:
		return string(asideMark)
	case back:
		return string(backMark)
	case shuts:
		return string(shutMark)
	}
	return ""
}

// located takes the sentinels out of a drawn message, and tells what they say.
func located(drawn string) bot.Drawn {
	var b strings.Builder
	var out bot.Drawn
	from, name := 0, -1 // where the run of text, and the source's name, begin
	add := func() {
		q := &out.Quotes[len(out.Quotes)-1]
		q.At = append(q.At, [2]int{from, b.Len()})
	}
	for i, r := range drawn {
		switch {
		case r == openMark:
			name = i + len(string(openMark))
		case r == namedMark:
			out.Quotes = append(out.Quotes, source(drawn[name:i]))
			from, name = b.Len(), -1
		case name >= 0:
		case r == asideMark || r == shutMark:
			add()
		case r == backMark:
			from = b.Len()
		default:
			b.WriteRune(r)
		}
	}
	out.Text = b.String()
	return trimmed(out)
}

// source reads what names a quotation's source.
func source(name string) bot.Quote {
	const id = 1 + bot.ShortLength
	q := bot.Quote{Passage: name[1:id]}
	switch name[0] {
	case 'n':
		q.Note, q.Marker = true, name[id:]
	case 'u':
		q.Unmarked = true
	}
	return q
}

// trimmed is a message without the blanks around it.
func trimmed(d bot.Drawn) bot.Drawn {
	text := strings.TrimSpace(d.Text)
	off := strings.Index(d.Text, text)
	for _, q := range d.Quotes {
		for i := range q.At {
			for k := range q.At[i] {
				q.At[i][k] = min(max(q.At[i][k]-off, 0), len(text))
			}
		}
	}
	d.Text = text
	return d
}
