package zh

import (
	_ "embed"
	"encoding/binary"
	"hash/fnv"
	"sort"
	"unicode/utf8"
)

// UnknownIDF is the idf of what the tables do not know: that of a word found
// in one document out of jieba's 1.1 million.
const UnknownIDF = 13.9

// idfStep is the precision of the tables.
const idfStep = 1.0 / 16

// The tables are made from jieba's dictionary and idf list (MIT, see
// dict/LICENSE) by the program in gen, which says what their records are.
var (
	//go:embed data/words.idf
	wordsIDF string
	//go:embed data/chars.idf
	charsIDF string
)

// Background is the idf of general Chinese, for a library too small to have
// statistics of its own. It is read in place: opening it costs nothing.
type Background struct{ words, chars string }

// NewBackground opens the embedded tables.
func NewBackground() *Background { return &Background{words: wordsIDF, chars: charsIDF} }

// Char is -ln of the chance that a paragraph of 200 characters holds r, going
// by the frequencies of jieba's dictionary: near 0 for 是, about 3 for 诉,
// UnknownIDF for what is no Han character of it.
func (b *Background) Char(r rune) float64 {
	var key [4]byte
	binary.BigEndian.PutUint32(key[:], uint32(r))
	return find(b.chars, string(key[1:]))
}

// Word is ln(N/df) of a folded word in jieba's collection; words that only its
// dictionary has are estimated from their frequency. One character is
// Char, a whole number grows with its length (4 for one digit, 6 for two, up
// to the most), and an unknown word has UnknownIDF.
func (b *Background) Word(w string) float64 {
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case n == len(w) && IsHan(r):
		return b.Char(r)
	case allDigits(w):
		return min(2+2*float64(len(w)), UnknownIDF)
	}
	h := fnv.New64a()
	h.Write([]byte(w))
	return find(b.words, string(h.Sum(nil)[:5]))
}

// find looks a key up in sorted records of the key and one byte of idf.
func find(records, key string) float64 {
	size := len(key) + 1
	n := len(records) / size
	i := sort.Search(n, func(i int) bool { return records[i*size:i*size+len(key)] >= key })
	if i == n || records[i*size:i*size+len(key)] != key {
		return UnknownIDF
	}
	return float64(records[i*size+len(key)]) * idfStep
}

func allDigits(w string) bool {
	for i := range len(w) {
		if !isDigit(w[i]) {
			return false
		}
	}
	return w != ""
}
