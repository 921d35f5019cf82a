package index

import (
	"encoding/json"

	"github.com/RoaringBitmap/roaring/v2"
)

// about is what a segment tells beside its postings.
type about struct {
	Runs  []run        `json:"runs"`
	Chars map[rune]int `json:"chars"` // passages that hold each character

	docs, runes int
}

// run is the passages of one report: they stand side by side.
type run struct {
	Slot  uint32 `json:"slot"`
	Count uint32 `json:"count"`
	Runes int    `json:"runes"`

	first uint32
}

// add adds a run behind those there are.
func (a *about) add(r run) {
	r.first = uint32(a.docs)
	a.docs += int(r.Count)
	a.runes += r.Runes
	a.Runs = append(a.Runs, r)
}

func (a *about) encode() ([]byte, error) { return json.Marshal(a) }

func (a *about) decode(data []byte) error {
	var in about
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	a.Chars = in.Chars
	for _, r := range in.Runs {
		a.add(r)
	}
	return nil
}

// take adds what is told about a segment, but the runs that are not live. It
// gives the passages of those, nil where there are none.
func (a *about) take(s *Segment, live func(slot uint32) bool) (*roaring.Bitmap, error) {
	for _, r := range s.about.Runs {
		if live(r.Slot) {
			a.add(r)
		}
	}
	dead, n := s.deadOf(live)
	chars := s.about.Chars
	if n > 0 && n < s.Docs() {
		var err error
		if chars, err = s.charsBut(dead); err != nil {
			return nil, err
		}
	}
	if n < s.Docs() {
		for c, n := range chars {
			a.Chars[c] += n
		}
	}
	return dead, nil
}

// charsBut counts, for each character, the passages that hold it and are not
// dead: the bigrams hold every character of a passage.
func (s *Segment) charsBut(dead *roaring.Bitmap) (map[rune]int, error) {
	gone := map[rune]*roaring.Bitmap{}
	f := Bigrams.number()
	err := guard(func() error {
		d, err := s.dictionary(f)
		if err != nil {
			return err
		}
		c := cursor{d: d}
		for c.start(); c.next(); {
			list, err := c.list(nil)
			if err != nil {
				return err
			}
			c.docs.Clear()
			list.OrInto(&c.docs)
			c.docs.And(dead)
			if c.docs.IsEmpty() {
				continue
			}
			for _, r := range c.term {
				if gone[r] == nil {
					gone[r] = roaring.New()
				}
				gone[r].Or(&c.docs)
			}
		}
		return c.err
	})
	if err != nil {
		return nil, err
	}
	out := map[rune]int{}
	for r, n := range s.about.Chars {
		if b := gone[r]; b != nil {
			n -= int(b.GetCardinality())
		}
		if n > 0 {
			out[r] = n
		}
	}
	return out, nil
}
