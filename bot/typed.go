package bot

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"chuchu/retrieval"
)

// pin is what an inline query ends in that was made for one hit: how a link to
// its passage ends, and of several hits of that passage, which it was.
var pin = regexp.MustCompile(`(?:^|\s)` + linkPassage + `([a-z2-7]{10})(?:_([0-9]{1,2}))?$`)

func pinOf(a retrieval.Answer, hit int) string {
	id := a.Hits[hit].PassageID
	out := linkPassage + Short(id)
	if slices.ContainsFunc(a.Hits[:hit], func(h retrieval.Hit) bool { return h.PassageID == id }) {
		out += "_" + strconv.Itoa(hit)
	}
	return out
}

// pinned is what a query was made for; its passage is empty where it was not.
type pinned struct {
	passage string
	hit     int
}

func cutPin(text string) (rest string, p pinned) {
	m := pin.FindStringSubmatch(text)
	if m == nil {
		return text, p
	}
	p.passage = m[1]
	p.hit, _ = strconv.Atoi(m[2])
	return strings.TrimSpace(strings.TrimSuffix(text, m[0])), p
}

// syllables are pinyin, of which the last may be begun.
var syllables = regexp.MustCompile(`^(?:(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])(?:i?ang|i?ong|uang|eng|ing|ian|i?ao|uai|uan|ai|an|ei|en|ou|ia|ie|in|iu|ua|ui|un|uo|ue|ve|[aeiouv])|ang|eng|ai|an|ao|ei|en|er|ou|[aeo])[' ]*)*(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?$`)

// beforeTyping is a query without the pinyin at its end, which is to become
// characters; ok is false where there is none.
func beforeTyping(text string) (before string, ok bool) {
	before = strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz' ")
	tail := text[len(before):]
	if last, _ := utf8.DecodeLastRuneInString(before); unicode.Is(unicode.Latin, last) && !strings.HasPrefix(tail, " ") {
		return "", false // of a word in another language
	}
	if tail = strings.Trim(tail, " '"); tail == "" || !syllables.MatchString(tail) {
		return "", false
	}
	return strings.TrimSpace(before), true
}

// typed is what a query finds as it is typed; typing tells that it is not yet
// whole, so that what it finds is no answer, or that nothing is found. As many
// are asked for at every page: of fewer, others may come first.
func (b *Bot) typed(ctx context.Context, text string) (a retrieval.Answer, typing bool, err error) {
	ask := func(text string) (retrieval.Answer, error) {
		return b.lib.Ask(ctx, retrieval.Question{Text: text, Top: inlineMost})
	}
	if a, err = ask(text); err != nil || a.Found {
		return a, false, err
	}
	before, typing := beforeTyping(text)
	if a.Lookup != nil && a.Lookup.What == retrieval.LookupNumber { // of which more digits may come
		before = strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("号號", r) })
	}
	if before != "" && before != text {
		if c, err := ask(before); err != nil || c.Found {
			return c, true, err
		}
	}
	c, err := b.lib.Cite(ctx, retrieval.Question{Text: text, Top: inlineMost})
	if err == nil && c.Found && c.Lookup != nil && c.Lookup.What == retrieval.LookupSection {
		return c, true, nil // what stands there, which no question asks for
	}
	return a, typing || len(a.Hits) == 0 && len(a.Missing) == 0, err
}

// first puts the hit first that a query was made for.
func (b *Bot) first(a retrieval.Answer, p pinned) retrieval.Answer {
	a, i := b.with(a, p.passage, p.hit)
	if i > 0 {
		h := a.Hits[i]
		a.Hits = slices.Insert(slices.Delete(slices.Clone(a.Hits), i, i+1), 0, h)
	}
	return a
}
