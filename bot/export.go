package bot

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// maxTable is the size of a table in bytes, with room to what Telegram takes.
const maxTable = 40 << 20

// missed is a question that was not answered.
type missed struct {
	question string // as it was asked last
	times    int
	last     time.Time
}

// unanswered gives admins the questions without an answer, those asked most
// often first.
func (b *Bot) unanswered(w words.Words) (Reply, error) {
	byText := map[string]*missed{}
	err := b.mem.History(time.Time{}, func(a Asked) {
		if a.Found {
			return
		}
		like := likeness(a.Question)
		m := byText[like]
		if m == nil {
			m = &missed{}
			byText[like] = m
		}
		m.question, m.last = a.Question, a.Time
		m.times++
	})
	if err != nil {
		return Reply{}, fmt.Errorf("read the history: %w", err)
	}
	if len(byText) == 0 {
		if b.opt.NoHistory {
			return Reply{Text: w.StatsOff}, nil
		}
		return Reply{Text: w.UnansweredNone}, nil
	}
	list := slices.SortedFunc(maps.Values(byText), func(a, b *missed) int {
		return cmp.Or(cmp.Compare(b.times, a.times), b.last.Compare(a.last), cmp.Compare(a.question, b.question))
	})
	file, rows, err := table(maxTable, []string{"question", "times", "last_asked_utc"}, len(list), func(i int) []string {
		return []string{list[i].question, strconv.Itoa(list[i].times), cellTime(list[i].last)}
	})
	if err != nil {
		return Reply{}, fmt.Errorf("write the unanswered questions: %w", err)
	}
	text := w.Unanswered(len(list))
	if rows < len(list) {
		text += "\n" + w.FileCut(rows)
	}
	return Reply{Text: text, Document: &Document{Name: "unanswered.csv", Data: file}}, nil
}

// likeness is a question in the form in which those that are counted together
// are equal: in one script, width and case, without the spaces that Chinese does
// not need and the stops at its end.
func likeness(question string) string {
	folded := retrieval.Fold(question)
	out := []rune{}
	for _, word := range strings.Fields(folded) {
		first, _ := utf8.DecodeRuneInString(word)
		if n := len(out); n > 0 && spaced(out[n-1]) && spaced(first) {
			out = append(out, ' ')
		}
		out = append(out, []rune(word)...)
	}
	return cmp.Or(strings.TrimRight(string(out), "?!.,;:…~。、 "), folded)
}

// spaced tells whether r is of a script that parts its words by spaces.
func spaced(r rune) bool {
	return r < utf8.RuneSelf || !unicode.Is(unicode.Han, r) && unicode.IsLetter(r)
}

// opinion is a rating or a line of feedback.
type opinion struct {
	at  time.Time
	row []string
}

// opinions gives admins all ratings, with what was asked and shown, and all that
// was written with /feedback, the newest first.
func (b *Bot) opinions(v visit) (Reply, error) {
	l := b.language(v)
	w := words.In(l)
	var list []opinion
	err := b.mem.Ratings(func(r Rating) {
		kind, score := "👎", ""
		if r.Good {
			kind = "👍"
		}
		if r.Passage != "" {
			score = strconv.FormatFloat(r.Score, 'f', 2, 64)
		}
		list = append(list, opinion{r.Time, []string{cellTime(r.Time), kind, r.Question, r.Passage, score, ""}})
	})
	if err != nil {
		return Reply{}, fmt.Errorf("read the ratings: %w", err)
	}
	said, err := b.mem.Feedback(math.MaxInt)
	if err != nil {
		return Reply{}, fmt.Errorf("read the feedback: %w", err)
	}
	for _, f := range said {
		list = append(list, opinion{f.Time, []string{cellTime(f.Time), "/feedback", "", "", "", f.Text}})
	}
	if len(list) == 0 {
		return Reply{Text: w.FeedbackNone + "\n" + w.EmptyFeedback, Language: l}, nil
	}
	slices.SortStableFunc(list, func(a, b opinion) int { return cmp.Or(b.at.Compare(a.at), slices.Compare(a.row, b.row)) })
	file, rows, err := table(maxTable, []string{"time_utc", "kind", "question", "passage", "score", "text"}, len(list), func(i int) []string { return list[i].row })
	if err != nil {
		return Reply{}, fmt.Errorf("write the feedback: %w", err)
	}
	text := w.Opinions(len(list)) + "\n" + w.EmptyFeedback
	if rows < len(list) {
		text += "\n" + w.FileCut(rows)
	}
	return Reply{Text: text, Language: l, Document: &Document{Name: "feedback.csv", Data: file}}, nil
}

// cellTime is a time as a spreadsheet reads it.
func cellTime(t time.Time) string { return t.UTC().Format(time.DateTime) }

// table writes rows as CSV that a spreadsheet reads as UTF-8, as many of n as
// the size has room for; wrote is their number.
func table(size int, head []string, n int, row func(i int) []string) (file []byte, wrote int, err error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	c := csv.NewWriter(&out)
	write := func(cells []string) error {
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		err := c.Write(cells)
		c.Flush()
		return cmp.Or(err, c.Error())
	}
	if err := write(head); err != nil {
		return nil, 0, err
	}
	for ; wrote < n; wrote++ {
		before := out.Len()
		if err := write(row(wrote)); err != nil {
			return nil, 0, err
		}
		if out.Len() > size {
			out.Truncate(before)
			break
		}
	}
	return out.Bytes(), wrote, nil
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	first := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) })
	if r, _ := utf8.DecodeRuneInString(first); strings.ContainsRune("=+-@＝＋－＠−|%", r) || cell != "" && strings.ContainsRune("\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
