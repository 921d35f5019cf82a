package rank

import (
	"sort"
	"strings"
	"sync"

	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

type span struct{ Start, End int }

// Doc is a passage made ready for ranking.
type Doc struct {
	Report    *report.Report
	Paragraph *report.Paragraph
	Fold      zh.Folded
	Head      string // folded title and section path
	Units     []span // the paragraph's units in folded offsets

	senseOnce sync.Once
	senses    *sense

	once    [answerKinds]sync.Once
	answers [answerKinds][]span
}

// NewDoc prepares a passage.
func NewDoc(r *report.Report, p *report.Paragraph) *Doc {
	d := &Doc{Report: r, Paragraph: p, Fold: zh.Fold(p.Text)}
	d.Head = zh.FoldText(strings.Join(append([]string{r.Title, p.Title}, p.Section...), "\n"))
	for i, u := range p.Units {
		s := span{d.Fold.Pos(u.Start), d.Fold.Pos(u.End)}
		if i > 0 {
			s.Start = max(s.Start, d.Units[i-1].End)
		}
		d.Units = append(d.Units, s)
	}
	return d
}

// Without is the passage without the units that are left out; nil where none
// stays. Its markers are left out too.
func (d *Doc) Without(out func(unit string) bool) *Doc {
	p := *d.Paragraph
	var text strings.Builder
	p.Units, p.Markers = nil, nil
	for i, u := range d.Paragraph.Units {
		if out(d.text(i)) {
			continue
		}
		start := text.Len()
		text.WriteString(d.text(i))
		u.Span = report.Span{Start: start, End: text.Len()}
		p.Units = append(p.Units, u)
	}
	if len(p.Units) == 0 {
		return nil
	}
	p.Text = text.String()
	return NewDoc(d.Report, &p)
}

// answersOf are the folded spans of the passage that an answer of a kind could
// be. They do not depend on the question, and are found once.
func (d *Doc) answersOf(kind answerKind) []span {
	d.once[kind].Do(func() {
		for _, loc := range answerForms[kind].FindAllStringIndex(d.Fold.Text, -1) {
			d.answers[kind] = append(d.answers[kind], span{loc[0], loc[1]})
		}
	})
	return d.answers[kind]
}

// answersIn are the answers of a kind that lie in unit u.
func (d *Doc) answersIn(kind answerKind, u int) []span {
	all := d.answersOf(kind)
	unit := d.Units[u]
	lo := sort.Search(len(all), func(i int) bool { return all[i].Start >= unit.Start })
	hi := sort.Search(len(all), func(i int) bool { return all[i].Start >= unit.End })
	return all[lo:hi]
}

func fold(s string) zh.Folded  { return zh.Fold(s) }
func foldText(s string) string { return zh.FoldText(s) }
