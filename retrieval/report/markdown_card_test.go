package report

import (
	"fmt"
	"strings"
)

// markdownCard is all that a report holds, as a person checks it.
func markdownCard(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s\n", r.ID, r.Title, r.Format)
	fmt.Fprintf(&b, "authors %q, year %q, publisher %q\n", r.Meta.Authors, r.Meta.Year, r.Meta.Publisher)
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "\n#%d line %d %s", p.Index, p.Line, kindNames[p.Kind])
		if p.Kind == Body {
			fmt.Fprintf(&b, " in %q", p.Section)
		}
		fmt.Fprintf(&b, "\n%s\n", p.Text)
		for _, m := range p.Markers {
			fmt.Fprintf(&b, "  %s label %s", p.Text[m.Start:m.End], m.Label)
			if n, ok := r.NoteOf(m); ok {
				fmt.Fprintf(&b, ": %s", n.Text)
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString("\nnotes\n")
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "%s: %s\n", n.Label, n.Text)
	}
	return b.String()
}
