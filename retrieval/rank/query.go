package rank

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/index"
	"chuchu/retrieval/zh"
)

// Form is a way in which a concept may be printed. Factor is how much a
// passage that has it holds of the concept: 1 as asked, less for a substitute.
type Form struct {
	Text   string
	Factor float64
}

// Class says what a concept is, for those that an answer must not contradict.
type Class int

const (
	Word   Class = iota
	Year         // 2015年
	Number       // 120.72
	Place        // 北京
	Name         // a person, body or title
)

// Concept is a word of the question with the forms it may take in a report.
type Concept struct {
	Text   string
	Class  Class
	Forms  []Form
	Weight float64 // its information, in nats
	Known  bool    // a form of it stands somewhere in the library
	noun   bool    // it names a thing, as far as general Chinese knows it
	within bool    // it begins with a place's name: 广东自贸区
	odd    bool    // nor does general Chinese know it
	link   bool    // it only joins others: nobody asks for a 除了
	chars  mask    // its characters and bigrams in the grid
	grams  mask
}

// Query is a question, understood.
type Query struct {
	Text     string // folded
	Topic    string // Text without the words that ask
	Asked    Asked
	English  bool
	asking   []zh.Tagged // the words of Text
	Mended   string      // the topic as corrected, where it was
	others   map[string][]Form
	Concepts []Concept
	terms    []index.Term
	chars    weights
	grams    weights
	words    weights
	grid     grid
	like     *likeness
	years    []string       // that it names
	focus    int            // the concept next to the asking words, -1: none
	several  bool           // it asks for more than one thing
	moment   moment         // which of several values over time
	count    int            // of how many; 0: it does not say
	explains bool           // one sentence seldom answers it
	measure  *regexp.Regexp // what a quantity asked for ends in; nil: anything
}

var (
	yearForm   = regexp.MustCompile(`(?:19|20)[0-9]{2}年?`)
	numberForm = regexp.MustCompile(`^[0-9][0-9.,/]*%?$`)
)

// Understand reads a question: what it asks for, and the concepts it names.
func (r *Ranker) Understand(ctx context.Context, text string) (*Query, error) {
	q := &Query{Text: readQuestion(text)}
	q.asking = r.seg.Tag(q.Text)
	q.Asked, q.Topic = readAsked(q.Text, q.asking)
	if q.Asked == AskQuantity {
		q.measure = measured(q.Text, q.asking)
	}
	if err := r.mend(ctx, q); err != nil {
		return nil, err
	}
	if strings.TrimSpace(q.Topic) == "" {
		q.Topic = q.Text
	}
	if err := r.concepts(ctx, q); err != nil {
		return nil, err
	}
	if err := r.grid(ctx, q); err != nil {
		return nil, err
	}
	for i := range q.Concepts {
		q.words.add(q.Concepts[i].Weight)
		q.gridOf(&q.Concepts[i])
	}
	q.focus, q.explains = q.findFocus(), q.wantsAll()
	q.like, q.years, q.several = r.newLikeness(q), yearsOf(q.Topic), severalAsked.MatchString(q.Text)
	q.moment = momentOf(q.Text)
	q.count = countOf(q.Text + " " + q.Topic)
	q.terms = r.terms(q)
	return q, nil
}

// findFocus is the concept closest to the asking words, of two as close the
// one behind them: 面积 in 上海自贸区面积有多大, 图书馆 in 杭州有多少家图书馆.
func (q *Query) findFocus() int {
	start, end := askedAt(q.Text, q.asking)
	best, least := -1, math.MaxInt
	for i, c := range q.Concepts {
		if start < 0 || c.Weight < slightWeight || c.odd {
			continue
		}
		if at := strings.LastIndex(q.Text[:start], c.Text); at >= 0 {
			if d := start - at - len(c.Text); d < least {
				best, least = i, d
			}
		}
		if at := strings.Index(q.Text[end:], c.Text); at >= 0 && at <= least {
			best, least = i, at
		}
	}
	return best
}

// mend puts an English topic into Chinese, and corrects a Chinese one.
func (r *Ranker) mend(ctx context.Context, q *Query) (err error) {
	if isEnglish(q.Text) {
		q.English = true
		q.Topic, q.others, err = r.translate(ctx, q.Text)
		return err
	}
	topic, err := r.correct(ctx, q.Topic)
	if err == nil && topic != q.Topic {
		q.Topic, q.Mended = topic, topic
	}
	return err
}

// concepts cuts the topic into words, each once, and finds their forms.
func (r *Ranker) concepts(ctx context.Context, q *Query) error {
	seen := map[string]bool{}
	for _, t := range r.words.pieces(r.seg.Tag(q.Topic), q.Topic) {
		if seen[t.text] || !tells(t.text) && len(r.words.substitutes[t.text]) == 0 || len(q.Concepts) == maxBits {
			continue
		}
		seen[t.text] = true
		c := Concept{Text: t.text, Class: class(t.text, t.tag), Forms: []Form{{t.text, 1}}}
		c.link = strings.ContainsRune(linkTags, rune((t.tag + " ")[0]))
		c.noun = strings.ContainsRune("nj", rune((t.tag + " ")[0])) || c.Class != Word
		df, err := r.docFreq(ctx, t.text)
		if err != nil {
			return err
		}
		most := df
		for _, f := range append(slices.Clone(q.others[t.text]), r.words.forms(t.text)...) {
			n, err := r.docFreq(ctx, f.Text)
			if err != nil {
				return err
			}
			if n > 0 && len(c.Forms) <= mostForms {
				c.Forms = append(c.Forms, f)
				if f.Factor >= creditedFactor {
					most = max(most, n)
					if c.Class == Word && r.words.place(f.Text) {
						c.Class, c.noun = Place, true // 首都 for 北京
					}
				}
			}
		}
		c.within = c.Class == Word && r.words.placed(t.text)
		c.Known = most > 0
		c.Weight = r.wordWeight(t.text, most)
		if !c.Known && r.background.Word(t.text) >= zh.UnknownIDF {
			c.Weight *= oddWeight
			c.odd = true
		}
		q.Concepts = append(q.Concepts, c)
	}
	return nil
}

// oddWeight is what a word that neither the library nor general Chinese knows
// keeps of its weight: as often as a name it is a slip of the segmenter.
const oddWeight = 0.5

// gridOf finds a concept's characters and bigrams among the question's.
func (q *Query) gridOf(c *Concept) {
	q.scan(c.Text, func(_, char, gram int) {
		c.chars.set(char)
		if gram >= 0 {
			c.grams.set(gram)
		}
	})
}

// tells reports whether a word says something of a topic.
func tells(w string) bool {
	if stopWords[w] {
		return false
	}
	if utf8.RuneCountInString(w) > 1 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(w)
	return r >= '0' && r <= '9'
}

func class(w, tag string) Class {
	switch {
	case yearForm.MatchString(w):
		return Year
	case numberForm.MatchString(w), rankForm.MatchString(w):
		return Number
	case strings.HasPrefix(tag, "ns"):
		return Place
	case strings.HasPrefix(tag, "nr"), strings.HasPrefix(tag, "nt"):
		return Name
	}
	return Word
}

// docFreq is the number of passages with a word; for one that the index does
// not cut out as a word, at most that of its rarest bigram.
func (r *Ranker) docFreq(ctx context.Context, word string) (int, error) {
	if m := rankForm.FindStringSubmatch(word); m != nil {
		word = m[1] // the index cuts 第3批 in three
	}
	df, err := r.index.DocFreq(ctx, index.Words, word)
	if err != nil || df > 0 {
		return df, err
	}
	least := -1
	for _, g := range zh.Bigrams(word) {
		n, err := r.index.DocFreq(ctx, index.Bigrams, g.Text)
		if err != nil {
			return 0, err
		}
		if least < 0 || n < least {
			least = n
		}
	}
	return max(0, least), nil
}

// wordWeight is the information of a word: half what its rarity in the library
// tells, half what its rarity in general Chinese does, since a small library
// makes a poor estimate.
func (r *Ranker) wordWeight(word string, df int) float64 {
	return (1-r.model.Background)*r.idf(df) + r.model.Background*r.background.Word(word)
}

func (r *Ranker) charWeight(c rune) float64 {
	return (1-r.model.Background)*r.idf(r.index.CharFreq(c)) + r.model.Background*r.background.Char(c)
}

// idf is BM25's, never negative.
func (r *Ranker) idf(df int) float64 {
	n := float64(r.index.Docs())
	return math.Log(1 + (n-float64(df)+0.5)/(float64(df)+0.5))
}

// grid weighs the characters and bigrams of the topic.
func (r *Ranker) grid(ctx context.Context, q *Query) error {
	q.grid = grid{chars: map[rune]int{}, grams: map[[2]rune]int{}, next: map[int]int{}}
	var prev rune
	last := -1
	for _, c := range q.Topic {
		if !letter(c) {
			prev, last = 0, -1
			continue
		}
		if _, ok := q.grid.chars[c]; !ok && len(q.chars.w) < maxBits {
			q.grid.chars[c] = q.chars.add(r.charWeight(c))
		}
		if prev == 0 {
			prev = c
			continue
		}
		pair := [2]rune{prev, c}
		g, ok := q.grid.grams[pair]
		if !ok && len(q.grams.w) < maxBits {
			w, err := r.gramWeight(ctx, pair)
			if err != nil {
				return err
			}
			g, ok = q.grams.add(w), true
			q.grid.grams[pair] = g
		}
		if last >= 0 && ok {
			q.grid.next[last] = g
		}
		prev, last = c, g
	}
	return nil
}

// gramWeight is the information of two neighbouring characters. Two of a
// number or Latin word are no bigram of the index; they weigh as characters.
func (r *Ranker) gramWeight(ctx context.Context, pair [2]rune) (float64, error) {
	if !zh.IsHan(pair[0]) || !zh.IsHan(pair[1]) {
		return (r.charWeight(pair[0]) + r.charWeight(pair[1])) / 2, nil
	}
	df, err := r.index.DocFreq(ctx, index.Bigrams, string(pair[:]))
	if err != nil {
		return 0, fmt.Errorf("weigh %q: %w", string(pair[:]), err)
	}
	return r.idf(df), nil
}

func letter(c rune) bool {
	return zh.IsHan(c) || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

// terms are what the index is searched for.
func (r *Ranker) terms(q *Query) []index.Term {
	var out []index.Term
	seen := map[index.Term]bool{}
	add := func(f index.Field, text string, boost float64) {
		key := index.Term{Field: f, Text: text}
		if text != "" && !seen[key] {
			seen[key] = true
			out = append(out, index.Term{Field: f, Text: text, Boost: boost})
		}
	}
	for _, t := range r.seg.Search(q.Topic) {
		if !stopWords[t.Text] {
			add(index.Words, t.Text, 1)
		}
	}
	for _, g := range zh.Bigrams(q.Topic) {
		add(index.Bigrams, g.Text, 1)
		add(index.Head, g.Text, headBoost)
	}
	for i, c := range q.Concepts {
		if !c.Known {
			for _, w := range r.likeliest(q.like.concepts[i]) {
				add(index.Words, w, expansionBoost*softFactor)
			}
		}
		for _, f := range c.Forms[1:] {
			for _, t := range r.seg.Search(f.Text) {
				add(index.Words, t.Text, f.Factor*expansionBoost)
			}
			for _, g := range zh.Bigrams(f.Text) {
				add(index.Bigrams, g.Text, f.Factor*expansionBoost)
			}
		}
	}
	return out
}

// expansionBoost keeps the many terms of a concept's other forms from crowding
// out those that were asked.
const expansionBoost = 0.5

// headBoost is what a match in the title or section path weighs among the
// candidates beside one in the text; the model weighs it anew.
const headBoost = 0.3
