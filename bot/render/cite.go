package render

import (
	"strings"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Source is what is known of a report. What is not known is empty, and is left
// out of citations.
type Source struct {
	Title     string // empty: the hit's own
	Authors   []string
	Year      string // of publication
	Publisher string
}

// Cite says where a hit stands in the forms that papers use: GB/T 7714-2015,
// numeric; a footnote; BibTeX.
func Cite(h retrieval.Hit, s Source, l words.Language) bot.Citation {
	c := citer{w: words.In(l), title: oneLine(s.Title), year: oneLine(s.Year), publisher: oneLine(s.Publisher)}
	if c.title == "" {
		c.title = oneLine(h.Title)
	}
	for _, a := range s.Authors {
		if a = oneLine(a); a != "" {
			c.authors = append(c.authors, a)
		}
	}
	for _, part := range h.Section {
		if part = oneLine(part); part != "" {
			c.section = append(c.section, part)
		}
	}
	c.place = c.w.Place(h.Paragraph)
	return bot.Citation{GBT7714: c.gbt7714(), Footnote: c.footnote(), BibTeX: c.bibtex("p" + bot.Short(h.PassageID))}
}

// oneLine is text without control characters and breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// citer holds the parts of a citation.
type citer struct {
	w                      words.Words
	authors                []string
	title, publisher, year string
	section                []string
	place                  string
}

// namedAuthors is the number of authors that GB/T 7714-2015 names.
const namedAuthors = 3

// gbt7714 is a report, [R], in the numeric form: the standard has who is not
// known left out there.
func (c citer) gbt7714() string {
	out := "[1] "
	if n := len(c.authors); n > namedAuthors {
		out += strings.Join(c.authors[:namedAuthors], ", ") + ", 等. "
	} else if n > 0 {
		out += strings.Join(c.authors, ", ") + ". "
	}
	out += c.title + "[R]"
	issued := join(", ", c.publisher, c.year)
	if issued == "" {
		return out + ": " + c.place + "."
	}
	return out + ". " + issued + ": " + c.place + "."
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
	parts = append(append(parts, c.section...), c.place)
	return out + join(c.w.Aside, parts...) + c.w.Stop
}

func (c citer) bibtex(key string) string {
	authors := make([]string, len(c.authors))
	for i, a := range c.authors {
		authors[i] = "{" + tex(a) + "}" // one name, whatever stands in it
	}
	var b strings.Builder
	b.WriteString("@misc{" + key)
	for _, f := range []struct{ name, value string }{
		{"author", strings.Join(authors, " and ")},
		{"title", "{" + tex(c.title) + "}"}, // as printed: no style may change its case
		{"publisher", tex(c.publisher)},
		{"year", tex(c.year)},
		{"note", tex(join(c.w.Aside, append(c.section, c.place)...))},
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
