package index

import "os"

// Builder collects passages for one segment.
type Builder struct {
	about about
	chars charCounts
	of    [len(fields)]*postings
}

// NewBuilder starts a segment.
func NewBuilder() *Builder {
	b := &Builder{}
	for f := range b.of {
		b.of[f] = newPostings()
	}
	return b
}

// Docs is the number of passages collected.
func (b *Builder) Docs() int { return b.about.docs }

// Add takes in the next passage of the report in a slot. A report's passages
// come one after another.
func (b *Builder) Add(slot uint32, d Doc) {
	a := &b.about
	if n := len(a.Runs); n == 0 || a.Runs[n-1].Slot != slot {
		a.add(run{Slot: slot})
	}
	last := &a.Runs[len(a.Runs)-1]
	last.Count++
	last.Runes += len(d[Bigrams])
	a.runes += len(d[Bigrams])
	a.docs++
	for _, g := range d[Bigrams] { // they hold every character of the passage
		for _, r := range g {
			b.chars.see(r, a.docs)
		}
	}
	for f, name := range fields {
		b.of[f].add(d[name])
	}
}

// Write writes the segment to a new file.
func (b *Builder) Write(path string) error {
	if b.about.docs == 0 {
		return errNothing
	}
	b.about.Chars = b.chars.counts()
	data, err := b.about.encode()
	if err != nil {
		return err
	}
	return create(path, func(f *os.File) error {
		l := newLayout(f, b.about.docs)
		if err := l.body(b.of, data); err != nil {
			return err
		}
		if err := l.footer(); err != nil {
			return err
		}
		return f.Sync()
	})
}

// charCounts counts the passages that hold each character.
type charCounts struct {
	common [1 << 16]charCount // by the character; others are few
	rare   map[rune]charCount
}

type charCount struct{ passages, last int32 }

// see takes a character of a passage in; passages are numbered from 1.
func (c *charCounts) see(r rune, passage int) {
	if r < rune(len(c.common)) {
		c.common[r].see(passage)
		return
	}
	if c.rare == nil {
		c.rare = map[rune]charCount{}
	}
	n := c.rare[r]
	n.see(passage)
	c.rare[r] = n
}

func (c *charCount) see(passage int) {
	if int(c.last) != passage {
		c.last = int32(passage)
		c.passages++
	}
}

func (c *charCounts) counts() map[rune]int {
	out := map[rune]int{}
	for r, n := range c.common {
		if n.passages > 0 {
			out[rune(r)] = int(n.passages)
		}
	}
	for r, n := range c.rare {
		out[r] = int(n.passages)
	}
	return out
}
