package report

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Names of the fields that say the same, the surest first.
var (
	authorFields    = []string{"citation_author", "dc.creator", "dcterms.creator", "author", "article:author"}
	dateFields      = []string{"citation_publication_date", "citation_date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "article:published_time", "pubdate", "publishdate", "datepublished"}
	publisherFields = []string{"citation_publisher", "dc.publisher", "dcterms.publisher"}
)

// webMeta is what a page's head says of it.
func webMeta(f *webFile) (title string, meta Meta) {
	fields := map[string][]string{}
	follows(f.root, func(n *html.Node) bool {
		switch {
		case n.Data == "title" && title == "" && n.Parent.Data == "head" && n.FirstChild != nil:
			title = oneLine(n.FirstChild.Data)
		case n.Data == "meta":
			key := strings.ToLower(attr(n, "name") + attr(n, "property"))
			if value := oneLine(attr(n, "content")); value != "" && !slices.Contains(fields[key], value) {
				fields[key] = append(fields[key], value)
			}
		}
		return n.Data != "body"
	})
	for _, a := range firstField(fields, authorFields) {
		if !strings.Contains(a, "://") { // a profile's address
			meta.Authors = append(meta.Authors, a)
		}
	}
	meta.Year = firstYear(firstField(fields, dateFields))
	if p := firstField(fields, publisherFields); len(p) > 0 {
		meta.Publisher = p[0]
	}
	return title, meta
}

func firstField(fields map[string][]string, keys []string) []string {
	for _, k := range keys {
		if v := fields[k]; len(v) > 0 {
			return v
		}
	}
	return nil
}

// firstYear is the first year that a list of dates names.
func firstYear(dates []string) string {
	for _, d := range dates {
		if y := yearIn(d); y != "" {
			return y
		}
	}
	return ""
}
