package rank

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/index"
	"chuchu/retrieval/zh"
)

// Reading is how a question is understood after the turns before it.
type Reading struct {
	Text string // the whole question; the one asked where it stands alone
	More bool   // what comes next of the answers to the turn before
}

var (
	moreForm    = regexp.MustCompile(`^(还有|别的|其他|其它)(的)?(呢|吗|么|没有)?[?!。]*$|^(and )?(more|what else|anything else|others)[?!.]*$|^(继续|下一[个条])[。!]*$`)
	sourceForm  = regexp.MustCompile(`^(那|它|这|其|这个|这句|这段|这条)?(话|句话|个|些)?的?(出处|来源|脚注|注释|引用|引文|依据)(呢|是(什么|哪里|哪个|啥))?[?。]*$|^(the |its )?(source|footnote|citation)s?[?]*$`)
	elliptical  = regexp.MustCompile(`^(那么?|and |what about |how about )|(那边|的)?(呢|哩|咧)[?!。]*$`)
	pronoun     = regexp.MustCompile(`(^|[^其])(它|他们|她们|它们|这个|那个|该|此|这些|那些|前者|后者)|\b(it|its|they|their|that one|this one)\b`)
	fillerAbout = regexp.MustCompile(`^(那么?|and |what about |how about )|(那边|那里|这边|方面|的?那[份个些本]|的?这[份个些本])?的?(呢|哩|咧)?[?!。,\s]*$`)
)

// longestName is the number of characters of what may be put in the place of
// something in the question before.
const longestName = 16

var (
	neighbourForm = regexp.MustCompile(`^(?:那么?)?(上|前|下|后)面?(?:一|1)?(?:个|条)?(?:的)?(?:注|注释|脚注)?(?:呢|是什么|在哪里?)?[?。]*$|^(?:the )?(previous|next) (?:one|note|footnote)[?]*$`)
	markerAlone   = regexp.MustCompile(`^(?:注释?|脚注|note)?\s*[\[(〔]?\s*[0-9]{1,4}\s*[\])〕]?[?。]*$`)
	momentSpan    = regexp.MustCompile(`刚?(?:成立|设立|挂牌|开业|起步|` + change + `)(?:时候?|之初|的时候|初期|前|后)`)
	momentOnly    = regexp.MustCompile(`^(?:` + latestAsked.String() + `|` + earliestAsked.String() + `)(?:的?时候?)?$`)
	markerForm    = regexp.MustCompile(`(?:注释?|脚注|note|\()\s*([0-9]{1,4})`)
	ordinalForm   = regexp.MustCompile(`第[0-9一二三四五六七八九十]+(?:个|条|项|批|步|点|类|部分|方面|章|节|篇|轮|届|名)?`)
)

// neighbourMarker reads "下一个注呢" after a question about a marker.
func neighbourMarker(folded, before string) (string, bool) {
	m, b := neighbourForm.FindStringSubmatch(folded), markerForm.FindStringSubmatch(before)
	if m == nil || b == nil {
		return "", false
	}
	n, err := strconv.Atoi(b[1])
	if err != nil {
		return "", false
	}
	if m[1] == "上" || m[1] == "前" || m[2] == "previous" {
		n--
	} else {
		n++
	}
	return "注" + strconv.Itoa(n), n > 0
}

// leastTopic is the number of naming words from which a question that asks
// something stands alone.
const leastTopic = 2

// ReadInTurn supplies from the turns before, oldest first, what a question lacks.
func (r *Ranker) ReadInTurn(ctx context.Context, text string, turns []string) (Reading, error) {
	before := ""
	for _, t := range turns {
		one, err := r.readAfter(ctx, t, before)
		if err != nil {
			return Reading{}, err
		}
		before = one.Text
	}
	return r.readAfter(ctx, text, before)
}

func (r *Ranker) readAfter(ctx context.Context, text, before string) (Reading, error) {
	folded := strings.TrimSpace(readQuestion(text))
	alone := Reading{Text: text}
	switch {
	case strings.TrimSpace(before) == "":
		return alone, nil
	case moreForm.MatchString(folded):
		return Reading{Text: before, More: true}, nil
	case sourceForm.MatchString(folded):
		return Reading{Text: before}, nil
	}
	if next, ok := neighbourMarker(folded, readQuestion(before)); ok {
		return Reading{Text: next}, nil
	}
	asked, topic := r.readAsked(folded)
	if elliptical.MatchString(folded) && asked == AskAny {
		name := strings.TrimSpace(fillerAbout.ReplaceAllString(folded, ""))
		name = strings.TrimSpace(fillerAbout.ReplaceAllString(name, ""))
		if n := utf8.RuneCountInString(name); n > 0 && n <= longestName {
			swapped, err := r.swap(ctx, readQuestion(before), name)
			return Reading{Text: swapped}, err
		}
	}
	earlier := readQuestion(before)
	_, context := r.readAsked(earlier)
	if !pronoun.MatchString(folded) {
		if asked == AskAny || r.namingWords(topic) >= leastTopic || markerAlone.MatchString(earlier) {
			return alone, nil
		}
		if bare(strings.TrimSpace(topic)) != AskAny {
			context = r.subject(earlier)
		} else if strange, err := r.namesStrange(ctx, folded); err != nil || strange {
			return alone, err
		}
	}
	return Reading{Text: joinTopic(context, pronoun.ReplaceAllString(folded, "$1"))}, nil
}

// subject is what a folded question asks something of: its names, without what
// it asks of them.
func (r *Ranker) subject(folded string) string {
	words := r.seg.Tag(folded)
	_, end := askedAt(folded, words)
	var out []string
	for _, t := range words {
		counted := t.Start == end // the thing counted: 院士 in 多少院士
		if counted && isNoun(t) {
			end = t.End
		}
		if !counted && isNoun(t) && bare(t.Text) == AskAny || class(t.Text, t.Tag) == Place {
			out = append(out, t.Text)
		}
	}
	return strings.Join(out, " ")
}

// joinTopic puts the topic of the turn before in front of a question, but for
// what that names itself.
func joinTopic(context, question string) string {
	words := strings.FieldsFunc(context, func(c rune) bool { return strings.ContainsRune(" ?!。,;、\t", c) })
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Contains(question, w) })
	return strings.Join(append(words, strings.TrimSpace(question)), " ")
}

// namesStrange tells whether a question names what the library does not hold:
// to put the topic before beside it would answer another question.
func (r *Ranker) namesStrange(ctx context.Context, question string) (bool, error) {
	q, err := r.Understand(ctx, question)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(q.Concepts, func(c Concept) bool { return !c.Known && c.noun && !c.link }), nil
}

// namingWords counts the words of a topic that name something.
func (r *Ranker) namingWords(topic string) int {
	n := 0
	for _, t := range r.seg.Tag(topic) {
		if !tells(t.Text) {
			continue
		}
		switch t.Tag[0] {
		case 'n', 'j', 'l', 'i', 'x', 'e':
			n++
		default:
			if strings.HasPrefix(t.Tag, "vn") || yearForm.MatchString(t.Text) {
				n++
			}
		}
	}
	return n
}

// swap puts name in the place of that of its kind in the question before it:
// a place for a place, a year for a year, else the words before one that the
// library prints directly behind the name. Without such a place the name is
// put beside the topic.
func (r *Ranker) swap(ctx context.Context, before, name string) (string, error) {
	if was := ordinalForm.FindAllStringIndex(before, -1); was != nil && ordinalForm.MatchString(name) {
		last := was[len(was)-1]
		return before[:last[0]] + name + before[last[1]:], nil
	}
	if momentOnly.MatchString(name) {
		return swapMoment(before, name), nil
	}
	kind := r.classOf(name)
	words := r.seg.Tag(before)
	if start, end, ok := sameHead(words, r.seg.Tag(name)); ok {
		return before[:start] + name + before[end:], nil
	}
	if bare(name) != AskAny && !slices.ContainsFunc(words, func(t zh.Tagged) bool { return bare(t.Text) != AskAny }) {
		return joinTopic(r.subject(before), name), nil
	}
	if kind == Word || r.namingWords(name) >= leastTopic {
		if start, end, ok := r.likest(words, name); ok {
			return before[:start] + name + before[end:], nil
		}
	}
	for _, t := range words {
		if kind != Word && class(t.Text, t.Tag) == kind && t.Text != name {
			rest := before[t.End:]
			if strings.HasSuffix(name, "年") {
				rest = strings.TrimPrefix(rest, "年")
			}
			return before[:t.Start] + name + rest, nil
		}
	}
	last := lastRune(name)
	start := 0
	for i, t := range words {
		if i > 0 && words[i-1].End != t.Start || stopWords[t.Text] {
			start = t.Start
			if stopWords[t.Text] {
				start = t.End
			}
			continue
		}
		if t.Start <= start || !tells(t.Text) {
			continue
		}
		pair := string(last) + string(firstRune(t.Text))
		df, err := r.index.DocFreq(ctx, index.Bigrams, pair)
		if err != nil {
			return "", err
		}
		if df > 0 && zh.IsHan(last) {
			return before[:start] + name + before[t.Start:], nil
		}
	}
	if start, end, ok := lastNoun(words); ok {
		return before[:start] + name + before[end:], nil
	}
	_, context := r.readAsked(before)
	return joinTopic(context, name), nil
}

// sameHead finds the run of words, no place or number among them, that ends in
// the last word of a name of several: 新增泊位 for 岸电泊位.
func sameHead(words, name []zh.Tagged) (start, end int, ok bool) {
	if len(name) < 2 {
		return 0, 0, false
	}
	head := name[len(name)-1].Text
	i := len(words) - 1
	for i >= 0 && (words[i].Text != head || !isNoun(words[i])) {
		i--
	}
	if i < 1 {
		return 0, 0, false
	}
	start, end = words[i].Start, words[i].End
	for i--; i >= 0 && words[i].End == start && class(words[i].Text, words[i].Tag) == Word && tells(words[i].Text); i-- {
		start = words[i].Start
	}
	return start, end, end-start > len(head)
}

// swapMoment puts a moment in the place of that of the question before it.
func swapMoment(before, name string) string {
	for _, form := range []*regexp.Regexp{momentSpan, earliestAsked, latestAsked} {
		if at := form.FindStringIndex(before); at != nil {
			return before[:at[0]] + name + before[at[1]:]
		}
	}
	return name + before
}

// likeEnough is the cosine from which a word of the turn before is of the kind
// of a new name.
const likeEnough = 0.4

// likest finds the word or run of words of a question that is most like a name;
// for a name of several words the longest run of nouns.
func (r *Ranker) likest(words []zh.Tagged, name string) (start, end int, ok bool) {
	if r.namingWords(name) >= leastTopic {
		return longestNoun(words)
	}
	v := r.words.direction(name, r.background.Word)
	best := likeEnough
	for _, t := range words {
		if !tells(t.Text) || t.Text == name {
			continue
		}
		w := r.words.direction(t.Text, r.background.Word)
		if c := v.Cosine(&w); c > best {
			start, end, best, ok = t.Start, t.End, c, true
		}
	}
	return start, end, ok
}

// longestNoun finds the longest run of nouns of a question.
func longestNoun(words []zh.Tagged) (start, end int, ok bool) {
	for i := 0; i < len(words); i++ {
		if !isNoun(words[i]) {
			continue
		}
		from := words[i].Start
		for i+1 < len(words) && words[i+1].Start == words[i].End && isNoun(words[i+1]) {
			i++
		}
		if words[i].End-from > end-start {
			start, end, ok = from, words[i].End, true
		}
	}
	return start, end, ok
}

// isNoun holds for a word that names something.
func isNoun(t zh.Tagged) bool {
	return tells(t.Text) && (strings.ContainsRune("njlix", rune(t.Tag[0])) || strings.HasPrefix(t.Tag, "vn"))
}

// lastNoun finds the last run of nouns of a question, which is most often what
// it asks about.
func lastNoun(words []zh.Tagged) (start, end int, ok bool) {
	noun := func(t zh.Tagged) bool { return isNoun(t) && class(t.Text, t.Tag) == Word }
	for i := len(words) - 1; i >= 0; i-- {
		if !noun(words[i]) {
			continue
		}
		start, end = words[i].Start, words[i].End
		for i > 0 && words[i-1].End == start && noun(words[i-1]) {
			i--
			start = words[i].Start
		}
		return start, end, true
	}
	return 0, 0, false
}

// classOf is the class of a short name; one of several words has that of its
// only classed word.
func (r *Ranker) classOf(name string) Class {
	for _, t := range r.seg.Tag(name) {
		if c := class(t.Text, t.Tag); c != Word {
			return c
		}
	}
	return Word
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
