package bot

import (
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// What the start of a deep link's value says it leads to.
const (
	linkPassage  = "p_"
	linkFootnote = "n_"
)

// FootnoteID is the id of a report's footnote, as a passage's is made.
func FootnoteID(report, marker string) string { return report + "#n" + marker }

// linked reads the value of a deep link.
func linked(value string) (wish, bool) {
	if id, ok := strings.CutPrefix(value, linkPassage); ok {
		return wish{HowPassage, id}, true
	}
	id, ok := strings.CutPrefix(value, linkFootnote)
	return wish{HowFootnote, id}, ok
}

// linked tells whether an answer came by a link.
func (k Kept) linked() bool { return k.How == HowPassage || k.How == HowFootnote }

// lost says that a link leads nowhere.
func (k Kept) lost() string {
	if k.How == HowFootnote {
		return words.In(k.Language).NoSuchNote
	}
	return words.In(k.Language).NoPassage
}

// follow shows what a link leads to; the answer is not found where there is
// nothing.
func (b *Bot) follow(k Kept) retrieval.Answer {
	a := retrieval.Answer{Hits: []retrieval.Hit{}}
	if b.pages == nil {
		return a
	}
	var h retrieval.Hit
	if k.How == HowPassage {
		h, a.Found = b.pages.Passage(func(id string) bool { return Short(id) == k.Text })
	} else {
		marker := ""
		h, a.Found = b.pages.Footnote(func(report, m string) bool {
			marker = m
			return Short(FootnoteID(report, m)) == k.Text
		})
		a.Kind, a.Lookup = retrieval.KindCitation, &retrieval.Lookup{What: retrieval.LookupMarker, Asked: marker}
	}
	if a.Found {
		a.Confidence, a.Hits = 1, append(a.Hits, h)
	}
	return a
}
