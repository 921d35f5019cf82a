package index

import "os"

// Builder collects passages for one segment.
type Builder struct {
	about about
	seen  map[rune]int // the passage in which a character was seen last, from 1
	of    [len(fields)]*postings
}

// NewBuilder starts a segment.
func NewBuilder() *Builder {
	b := &Builder{seen: map[rune]int{}}
	b.about.Chars = map[rune]int{}
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
			if b.seen[r] != a.docs {
				b.seen[r] = a.docs
				a.Chars[r]++
			}
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
