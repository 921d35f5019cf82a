package rank

import (
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// phrasePart is a word as fine as the segmenter knows it.
type phrasePart struct {
	text   string
	rs     []rune
	han    bool
	link   bool // joins the words of a name, and goes unsaid in a short one
	body   bool // Chinese that says something
	suffix bool // a short name may have its last character
}

const (
	links    = "和与及暨"
	suffixes = "院部委会局校区法党团军省市县厅办行所站馆厂社组网线路"
)

// gap stands in a stream where two words do not touch.
const gap = int32(-1)

// stream is all text of a library as numbers of parts.
type stream struct {
	ids     map[string]int32
	parts   []phrasePart
	counts  []int32            // of each part
	tiles   map[string][]int32 // word: the parts it is made of
	seq     []int32
	passage []int32 // where each passage ends in seq
	seen    int     // passages
}

// Of a large library all of the first wholeParts words are read, and then the
// words of one passage in thinned: a name that it uses it uses often.
const (
	wholeParts      = 1 << 20
	thinned         = 4
	mostPhraseParts = 1 << 23
)

func newStream() *stream {
	return &stream{ids: map[string]int32{}, tiles: map[string][]int32{}}
}

// add takes a passage in: tokens as zh.Segmenter.Search cuts them, of which
// those that lie in no other are the words.
func (s *stream) add(tokens []zh.Token) {
	s.seen++
	if n := len(s.seq); n > mostPhraseParts || n > wholeParts && s.seen%thinned > 0 {
		return
	}
	end := -1
	for i := 0; i < len(tokens); {
		word := tokens[i]
		j := i + 1
		for ; j < len(tokens) && tokens[j].Start < max(word.End, tokens[i].End); j++ {
			if tokens[j].Start == word.Start {
				word = tokens[j]
			}
		}
		if word.Start != end {
			s.seq = append(s.seq, gap)
		}
		tiles, ok := s.tiles[word.Text]
		if !ok {
			tiles = s.tile(word, tokens[i:j])
			s.tiles[strings.Clone(word.Text)] = tiles
		}
		s.seq = append(s.seq, tiles...)
		for _, id := range tiles {
			s.counts[id]++
		}
		end, i = word.End, j
	}
	s.seq = append(s.seq, gap)
	s.passage = append(s.passage, int32(len(s.seq)))
}

// leastTiled is the number of characters from which a word is cut further.
const leastTiled = 4

// tile cuts a long word into the words within it, of two characters and more,
// where they cover it but for a suffix of one: 人民代表大会, 环境保护部.
func (s *stream) tile(word zh.Token, within []zh.Token) []int32 {
	whole := []int32{s.id(word.Text)}
	if runes(word.Text) < leastTiled || !s.parts[whole[0]].han {
		return whole
	}
	type step struct {
		parts int
		from  int // where the part that ends here starts; -1: nothing ends here
	}
	steps := make([]step, len(word.Text)+1)
	for i := range steps {
		steps[i].from = -1
	}
	steps[0].from = 0
	for _, t := range within { // in order of start: what leads to a start is known
		from, to := t.Start-word.Start, t.End-word.Start
		if t == word || steps[from].from < 0 || runes(t.Text) < 2 {
			continue
		}
		if n := steps[from].parts + 1; steps[to].from < 0 || n > steps[to].parts {
			steps[to] = step{n, from}
		}
	}
	end := len(word.Text)
	_, suffix := utf8.DecodeLastRuneInString(word.Text)
	var out []int32
	if steps[end].from < 0 && steps[end-suffix].from >= 0 && runes(word.Text) > leastTiled {
		out = append(out, s.id(word.Text[end-suffix:]))
		end -= suffix
	}
	if steps[end].from < 0 {
		return whole
	}
	for end > 0 {
		out = append(out, s.id(word.Text[steps[end].from:end]))
		end = steps[end].from
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func (s *stream) id(text string) int32 {
	if id, ok := s.ids[text]; ok {
		return id
	}
	text = strings.Clone(text)
	p := phrasePart{text: text, rs: []rune(text), han: true, link: strings.Contains(links, text)}
	for _, r := range p.rs {
		p.han = p.han && zh.IsHan(r)
	}
	p.body = p.han && !p.link && !stopWords[text]
	p.suffix = len(p.rs) > 1 && strings.ContainsRune(suffixes, p.rs[len(p.rs)-1])
	id := int32(len(s.parts))
	s.parts, s.counts = append(s.parts, p), append(s.counts, 0)
	s.ids[text] = id
	return id
}
