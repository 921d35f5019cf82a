package index

// numbers gives terms numbers as they come. Nearly all are of two characters:
// their bytes are a number, by which they are found faster than in a map.
type numbers struct {
	slots []slot // a power of two of them, at most half in use
	shift uint8  // what is left of a hash is a place among them
	used  int
	long  map[string]uint32
	terms []string // by their numbers
}

type slot struct {
	key  uint64 // 0: free
	term uint32
}

const longestShort = 7 // bytes; the eighth of a key is the length

func newNumbers() *numbers {
	return &numbers{slots: make([]slot, 1<<10), shift: 64 - 10, long: map[string]uint32{}}
}

// of is the number of a term, a new one if it is new.
func (n *numbers) of(term string) uint32 {
	if len(term) == 0 || len(term) > longestShort {
		i, ok := n.long[term]
		if !ok {
			i = n.add(term)
			n.long[term] = i
		}
		return i
	}
	key := prefix(term) | uint64(len(term))
	at := n.find(key)
	if s := n.slots[at]; s.key == key {
		return s.term
	}
	i := n.add(term)
	n.slots[at] = slot{key, i}
	if n.used++; 2*n.used > len(n.slots) {
		n.grow()
	}
	return i
}

func (n *numbers) add(term string) uint32 {
	n.terms = append(n.terms, term)
	return uint32(len(n.terms) - 1)
}

// find is the slot that has a key, or the one that is free for it.
func (n *numbers) find(key uint64) int {
	const golden = 0x9E3779B97F4A7C15
	at := int(key * golden >> n.shift)
	for n.slots[at].key != key && n.slots[at].key != 0 {
		at = (at + 1) & (len(n.slots) - 1)
	}
	return at
}

func (n *numbers) grow() {
	old := n.slots
	n.slots, n.shift = make([]slot, 2*len(old)), n.shift-1
	for _, s := range old {
		if s.key != 0 {
			n.slots[n.find(s.key)] = s
		}
	}
}

// prefix is the first eight bytes of a term as a number of the same order.
func prefix(term string) (key uint64) {
	for i := range 8 {
		key <<= 8
		if i < len(term) {
			key |= uint64(term[i])
		}
	}
	return key
}
