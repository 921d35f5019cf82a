package rank

import (
	"strings"

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
