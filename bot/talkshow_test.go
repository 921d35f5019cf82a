package bot_test

import (
	"fmt"
	"regexp"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// reply writes what a Reply holds.
func (k *talk) reply(r bot.Reply, err error) {
	if err != nil { // what the operator reads of it
		k.line("logged", err.Error())
	}
	if r.Empty() {
		k.out.WriteString("  (silence)\n")
		return
	}
	k.line("text", r.Text)
	if a := r.Answer; a != nil && a.Found {
		k.hit(a.Hits[r.Hit], fmt.Sprintf("hit %d of %d", r.Hit+1, len(a.Hits)), r.Hit == 0)
	} else if a != nil {
		k.line("nothing found", start(a.Question))
	}
	for _, h := range r.Context {
		k.line("around", fmt.Sprintf("¶%d %s", h.Paragraph, start(h.Text)))
	}
	if r.Citation != nil {
		k.line("citation", r.Citation.GBT7714)
	}
	k.line("only in", r.Only)
	for i, info := range r.Reports {
		k.line("report", fmt.Sprintf("%d. %s", r.First+i+1, info.Title))
	}
	if r.Short {
		k.line("form", "short")
	}
	if r.Photo != nil {
		k.line("photo", string(r.Photo[1:4]))
	}
	if r.Document != nil {
		k.line(r.Document.Name, string(r.Document.Data))
	}
	for _, row := range r.Buttons {
		k.row(row)
	}
}

// hit writes a hit; how those behind the first are ranked is not the bot's.
func (k *talk) hit(h retrieval.Hit, number string, first bool) {
	if h.Quote == "" || !strings.Contains(h.Text, h.Quote) {
		k.t.Errorf("the quote %q is not in %q", h.Quote, h.Text)
	}
	if !first {
		k.line("shows", number)
		return
	}
	notes := ""
	for _, f := range h.Footnotes {
		notes += " [" + f.Marker + "]"
	}
	k.line("shows", fmt.Sprintf("%s, %s ¶%d%s", number, h.Title, h.Paragraph, notes))
}

func (k *talk) row(row []bot.Button) {
	var labels []string
	for _, b := range row {
		set := 0
		for _, s := range []string{b.Data, b.Copy, b.Switch, b.URL} {
			if s != "" {
				set++
			}
		}
		if set != 1 || b.Text == "" || len(b.Data) > 64 || len([]rune(b.Copy)) > 256 || len([]rune(b.Switch)) > 256 {
			k.t.Errorf("button %+v is none", b)
		}
		label := "[" + b.Text + "]"
		switch {
		case b.URL != "":
			label += b.URL[:strings.LastIndex(b.URL, "=")] + "…"
		case b.Switch != "":
			label += "(" + pinned.ReplaceAllString(start(b.Switch), "p_…") + ")"
		}
		labels = append(labels, label)
	}
	k.line("buttons", strings.Join(labels, " "))
}

// pinned is the hit that a query is made for.
var pinned = regexp.MustCompile(`p_[a-z2-7]{10}(_[0-9]+)?$`)

// start is the beginning of a long text.
func start(s string) string {
	if rs := []rune(s); len(rs) > 30 {
		return string(rs[:30]) + "…"
	}
	return s
}
