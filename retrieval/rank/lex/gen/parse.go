package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// entry is one headword with its usable glosses and its links to other words.
type entry struct {
	word    string // simplified
	proper  bool   // the reading is capitalised: a name
	glosses []gloss
	links   []link
}

// gloss is one cleaned English meaning.
type gloss struct {
	text  string   // lower-case, without article, "to" and brackets
	verb  bool     // printed with "to"
	order int      // number of the sense in its entry, from 0
	stems []string // of its content words, those in brackets too
	idiom bool
}

// link is a cross-reference: "abbr. for", "see", "same as", "also written".
type link struct {
	kind, word string
}

// count is what the frequency file says of a word.
type count struct {
	freq int
	pos  string // jieba's part of speech
}

var (
	entryLine = regexp.MustCompile(`^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$`)
	crossRef  = regexp.MustCompile(`(abbr\. (?:for|of)|see also|see|also written|also called|same as|also known as|contraction of|equivalent to) (?:\p{Han}+\|)?(\p{Han}+)`)
	reading   = regexp.MustCompile(`\[[^\]]*\]`)
	brackets  = regexp.MustCompile(`\([^()]*\)`)
	person    = regexp.MustCompile(`\b\d{3,4} ?[–-]|\(?born |\(-\d{3,4}|\bc\. \d{3}| BC\b|\bDynasty\b|\bdynasty\b|emperor|novelist|\bpoet\b|\bactor\b|actress|singer`)
	dropLabel = regexp.MustCompile(`\((?:old|archaic|vulgar|ACG|Tw|Taiwan|HK|Cantonese|Buddhism|bird species[^)]*|mythology|astronomy|derog\.|slang|Internet slang|prison slang|neologism|onom\.|interjection|TCM|Chinese medicine|religion|Judaism|Islam|Daoism|honorific|humble)[^)]*\)`)
	dropSense = regexp.MustCompile(`^(?:CL:|surname |Taiwan pr|also pr|used in |used as |variant of|old variant|Japanese variant|erhua|ancient |name of an? |nickname |Kangxi|lit\. |classifier |bird species|see |also written|\(radical|one of |particle )|Kangxi radical|classifier for|\bvariant of|bound form\) *$|courtesy name|\bfinal particle|\bprefix\b|\bsuffix\b|\bTaiwan\b|\(Tw\b|\bfuck|\bshit\b|\bpenis\b|vagina|whore|\bcunt\b|\bprostitut|\bbitch|bastard|brothel`)
	vulgar    = regexp.MustCompile(`[屄肏屌婊嫖]|鸡巴|妓女|阴茎|手淫|自慰|射精|性交|做爱|口交|肛交|傻逼|他妈|意淫|淫荡|卵蛋`)
	spaces    = regexp.MustCompile(`\s+`)
	notKey    = regexp.MustCompile(`[^a-z0-9 &'./+-]`)
)

// parseCedict reads CC-CEDICT, skipping whatever is not an entry line.
func parseCedict(r io.Reader) ([]entry, error) {
	var out []entry
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		m := entryLine.FindStringSubmatch(strings.TrimRight(sc.Text(), "`;\r"))
		if m == nil || strings.HasPrefix(m[0], "#") {
			continue
		}
		if e, ok := parseEntry(m[2], m[3], m[4]); ok {
			out = append(out, e)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no CC-CEDICT entry found")
	}
	return out, nil
}

func parseEntry(word, pinyin, body string) (entry, bool) {
	e := entry{word: word}
	if vulgar.MatchString(word) {
		return e, false
	}
	for _, c := range word {
		if !unicode.Is(unicode.Han, c) {
			return e, false
		}
	}
	for _, c := range pinyin {
		e.proper = unicode.IsUpper(c)
		break
	}
	for i, sense := range strings.Split(body, "/") {
		if strings.Contains(sense, "(Tw)") {
			continue
		}
		for _, m := range crossRef.FindAllStringSubmatch(sense, -1) {
			if m[2] != word {
				e.links = append(e.links, link{m[1], m[2]})
			}
		}
		if person.MatchString(sense) || dropLabel.MatchString(sense) || dropSense.MatchString(sense) {
			continue
		}
		for _, part := range splitSense(sense) {
			for _, g := range cleanGloss(part, e.proper) {
				g.order, g.idiom = i, strings.Contains(sense, "(idiom)")
				g.stems = stems(part)
				e.glosses = append(e.glosses, g)
			}
		}
	}
	return e, len(e.glosses) > 0 || len(e.links) > 0
}

// splitSense cuts a sense at the semicolons outside its brackets.
func splitSense(s string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range s {
		switch c {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ';':
			if depth == 0 {
				out = append(out, s[from:i])
				from = i + 1
			}
		}
	}
	return append(out, s[from:])
}

// cleanGloss turns one printed meaning into the keys it gives: none, one, or
// for a place two ("guangdong province", "guangdong").
func cleanGloss(s string, proper bool) []gloss {
	s = reading.ReplaceAllString(s, "")
	for n := 0; n < 3; n++ {
		s = brackets.ReplaceAllString(s, " ")
	}
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "fig. "))
	if i := strings.Index(s, ","); i > 0 {
		// What follows a comma explains; a common noun so explained is no equivalent.
		if !proper {
			return nil
		}
		s = s[:i]
	}
	s = strings.ToLower(spaces.ReplaceAllString(s, " "))
	s = strings.Trim(s, " .!?:-'\"")
	var g gloss
	if t, ok := strings.CutPrefix(s, "to "); ok {
		s, g.verb = strings.TrimPrefix(t, "be "), true
	}
	for _, article := range []string{"a ", "an ", "the "} {
		s = strings.TrimPrefix(s, article)
	}
	for _, tail := range []string{" sth", " sb", " etc", " oneself", " sb's"} {
		s = strings.TrimSuffix(s, tail)
	}
	s = strings.TrimPrefix(s, "prc ")
	g.text = strings.TrimSpace(s)
	if n := len(strings.Fields(g.text)); n == 0 || n > 6 || notKey.MatchString(g.text) {
		return nil
	}
	out := []gloss{g}
	if short, ok := placeName(g.text); ok && proper {
		out = append(out, gloss{text: short})
	}
	return out
}

// placeName cuts the kind of place off a name: "guangdong province".
func placeName(s string) (string, bool) {
	for _, kind := range []string{" province", " city", " municipality", " prefecture level city", " prefecture-level city", " autonomous region", " district", " county", " prefecture"} {
		// A very short name may be an English word: "long county".
		if t, ok := strings.CutSuffix(s, kind); ok && len(t) > 4 && !strings.Contains(t, " ") {
			return t, true
		}
	}
	return "", false
}

// readFrequencies reads jieba's dictionary.
func readFrequencies(r io.Reader) (map[string]count, error) {
	out := make(map[string]count, 350_000)
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		f := strings.Fields(sc.Text())
		if len(f) != 3 {
			continue
		}
		freq, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: frequency %q: %w", n, f[1], err)
		}
		out[f[0]] = count{freq, f[2]}
	}
	return out, sc.Err()
}
