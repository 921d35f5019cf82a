package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Source is what is known of a report beside what its hits say. What neither
// says is left out of citations.
type Source struct {
	Title     string
	Authors   []string
	Year      string // of publication
	Publisher string
}

// Cite says where a hit stands in the forms that papers use: GB/T 7714-2015,
// numeric; a footnote; BibTeX.
func Cite(h retrieval.Hit, s Source, l words.Language) bot.Citation {
	c := citer{
		w: words.In(l), title: cmp.Or(oneLine(s.Title), oneLine(h.Title)),
		authors: lines(s.Authors), publisher: cmp.Or(oneLine(s.Publisher), oneLine(h.Meta.Publisher)), year: cmp.Or(oneLine(s.Year), oneLine(h.Meta.Year)),
		section: lines(headings(h)), paragraph: h.Paragraph, page: h.Page,
	}
	if len(c.authors) == 0 {
		c.authors = lines(h.Meta.Authors)
	}
	return bot.Citation{GBT7714: c.gbt7714(), Footnote: c.footnote(), BibTeX: c.bibtex("p" + bot.Short(h.PassageID))}
}

// oneLine is text without control characters and breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// lines are the texts that there are, each in one line.
func lines(texts []string) (out []string) {
	for _, t := range texts {
		if t = oneLine(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// citer holds the parts of a citation.
type citer struct {
	w                      words.Words
	authors                []string
	title, publisher, year string
	section                []string
	paragraph, page        int // page 0: not known
}

// place is the page, or the paragraph of a report without pages.
func (c citer) place() string {
	if c.page > 0 {
		return c.w.Page(c.page)
	}
	return c.w.Place(c.paragraph)
}

// namedAuthors is the number of authors that GB/T 7714-2015 names.
const namedAuthors = 3

// others stands for the authors that are not named, in the language of those
// that are.
func others(named []string) string {
	if han(strings.Join(named, "")) {
		return ", 等. "
	}
	return ", et al. "
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// gbt7714 is a report, [R], in the numeric form: the standard has who is not
// known left out there. It gives a page by its number alone.
func (c citer) gbt7714() string {
	out := "[1] "
	if n := len(c.authors); n > namedAuthors {
		out += strings.Join(c.authors[:namedAuthors], ", ") + others(c.authors[:namedAuthors])
	} else if n > 0 {
		out += strings.Join(c.authors, ", ") + ". "
	}
	out += c.title + "[R]"
	if issued := join(", ", c.publisher, c.year); issued != "" {
		out += ". " + issued
	}
	place := c.place()
	if c.page > 0 {
		place = strconv.Itoa(c.page)
	}
	return out + ": " + place + "."
}

// footnote is the form of notes at the foot of a page: 《title》，section，第55段。
func (c citer) footnote() string {
	out := ""
	if len(c.authors) > 0 {
		out = strings.Join(c.authors, c.w.And) + c.w.By
	}
	parts := []string{c.w.Title(strings.Trim(c.title, "《》")), c.publisher}
	if c.year != "" {
		parts = append(parts, c.w.Year(c.year))
	}
	parts = append(append(parts, c.section...), c.place())
	return out + join(c.w.Aside, parts...) + c.w.Stop
}

// bibtex is a report, which styles of GB/T 7714 mark [R] as gbt7714 does. Its
// type keeps the others from calling it a technical one.
func (c citer) bibtex(key string) string {
	kind := "Report"
	if han(c.title) {
		kind = "报告"
	}
	authors := make([]string, len(c.authors))
	for i, a := range c.authors {
		authors[i] = "{" + tex(a) + "}" // one name, whatever stands in it
	}
	note, pages := append(slices.Clone(c.section), c.place()), "" // most styles print no pages of a report
	if c.page > 0 {
		pages = strconv.Itoa(c.page)
	}
	var b strings.Builder
	b.WriteString("@techreport{" + key)
	for _, f := range []struct{ name, value string }{
		{"author", strings.Join(authors, " and ")},
		{"title", "{" + tex(c.title) + "}"}, // as printed: no style may change its case
		{"type", kind},
		{"institution", tex(c.publisher)},
		{"year", tex(c.year)},
		{"pages", pages},
		{"note", tex(join(c.w.Aside, note...))},
	} {
		if f.value != "" && f.value != "{}" {
			b.WriteString(",\n  " + f.name + " = {" + f.value + "}")
		}
	}
	b.WriteString("\n}")
	return b.String()
}

// texEscaper writes what TeX reads as a command. Braces become words of their
// own: BibTeX counts them even behind a backslash.
var texEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`,
	"&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
)

func tex(s string) string { return texEscaper.Replace(s) }

// join joins the parts that there are.
func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
