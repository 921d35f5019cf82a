package index

import (
	"cmp"
	"slices"
	"strings"
)

// postings collects what a field's terms are found in, passage by passage.
type postings struct {
	numbers *numbers
	seen    []uint32 // of each term: where in found it was added last, from 1

	found   []occurrence
	ends    []uint32 // of each passage: where its occurrences end
	lengths []uint32 // of each passage, in tokens
}

// occurrence is a term with how often its passage has it.
type occurrence struct{ term, count uint32 }

func newPostings() *postings { return &postings{numbers: newNumbers()} }

// add takes in the next passage.
func (p *postings) add(tokens []string) {
	first := uint32(len(p.found))
	for _, t := range tokens {
		n := p.numbers.of(t)
		if int(n) == len(p.seen) {
			p.seen = append(p.seen, 0)
		}
		if at := p.seen[n]; at > first {
			p.found[at-1].count++
			continue
		}
		p.found = append(p.found, occurrence{n, 1})
		p.seen[n] = uint32(len(p.found))
	}
	p.ends = append(p.ends, uint32(len(p.found)))
	p.lengths = append(p.lengths, uint32(len(tokens)))
}

// each calls do with every term, in byte order, with the passages that have it
// and how often each has. What do is given is used again.
func (p *postings) each(do func(term string, docs, counts []uint32) error) error {
	ends := make([]uint32, len(p.numbers.terms))
	for _, o := range p.found {
		ends[o.term]++
	}
	sum := uint32(0)
	for i, n := range ends {
		ends[i], sum = sum, sum+n
	}
	docs, counts := make([]uint32, sum), make([]uint32, sum)
	from := uint32(0)
	for doc, to := range p.ends {
		for _, o := range p.found[from:to] {
			at := ends[o.term]
			docs[at], counts[at] = uint32(doc), o.count
			ends[o.term]++
		}
		from = to
	}
	for _, n := range p.sorted() {
		start := uint32(0)
		if n > 0 {
			start = ends[n-1]
		}
		if err := do(p.numbers.terms[n], docs[start:ends[n]], counts[start:ends[n]]); err != nil {
			return err
		}
	}
	return nil
}

// sorted are the terms' numbers in the order of the terms.
func (p *postings) sorted() []uint32 {
	type keyed struct {
		key  uint64 // the first bytes, which decide most
		term uint32
	}
	all := make([]keyed, len(p.numbers.terms))
	for i, t := range p.numbers.terms {
		all[i] = keyed{prefix(t), uint32(i)}
	}
	slices.SortFunc(all, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return strings.Compare(p.numbers.terms[a.term], p.numbers.terms[b.term])
	})
	out := make([]uint32, len(all))
	for i, k := range all {
		out[i] = k.term
	}
	return out
}
