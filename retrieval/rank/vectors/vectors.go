// Package vectors tells how alike two Chinese words are used: each word it
// knows has a short vector, and like words have vectors of like direction.
package vectors

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Dims is the length of a word's vector.
const Dims = 48

// longestWord is the number of characters of the longest word.
const longestWord = 5

// The tables are made from the word vectors of the Synonyms project (MIT, see
// data/NOTICE) by:
//
//	go run ./retrieval/rank/vectors/gen -vectors SYNONYMS.tar.gz -out retrieval/rank/vectors/data
var (
	//go:embed data/words.txt
	wordList string
	//go:embed data/vectors.bin
	table string
)

// Table is the words and their vectors.
type Table struct {
	ids   map[string]int32
	text  []string
	place []bool
	norm  []float32 // 1 / length of each row
}

// placeMark stands behind the words of the list that name a place.
const placeMark = "\tp"

// Open reads the embedded table, in some 10 ms.
func Open() (*Table, error) {
	words := strings.Split(strings.TrimSuffix(wordList, "\n"), "\n")
	if len(words)*Dims != len(table) {
		return nil, fmt.Errorf("read the word vectors: %d words, %d bytes", len(words), len(table))
	}
	t := &Table{ids: make(map[string]int32, len(words)), text: make([]string, len(words)), place: make([]bool, len(words)), norm: make([]float32, len(words))}
	for i, w := range words {
		w, t.place[i] = strings.CutSuffix(w, placeMark)
		t.ids[w], t.text[i] = int32(i), w
		sum := 0
		for _, b := range []byte(table[i*Dims : (i+1)*Dims]) {
			v := int(int8(b))
			sum += v * v
		}
		t.norm[i] = float32(1 / math.Sqrt(float64(max(1, sum))))
	}
	return t, nil
}

// Word finds a folded word.
func (t *Table) Word(w string) (id int32, ok bool) {
	id, ok = t.ids[w]
	return id, ok
}

// Text is a word by its number.
func (t *Table) Text(id int32) string { return t.text[id] }

// Place tells whether a word names a place, going by jieba's dictionary.
func (t *Table) Place(id int32) bool { return t.place[id] }

// Likeness is the cosine of two words' vectors: 1 for the same word, about 0.7
// for near-synonyms, about 0 for words that have nothing to do with each other.
func (t *Table) Likeness(a, b int32) float32 {
	x, y := table[int(a)*Dims:int(a+1)*Dims], table[int(b)*Dims:int(b+1)*Dims]
	var sum int32
	for i := range Dims {
		sum += int32(int8(x[i])) * int32(int8(y[i]))
	}
	return float32(sum) * t.norm[a] * t.norm[b]
}

// Vector is the direction of some words together.
type Vector [Dims]float32

// Add adds a word's direction, weighed.
func (t *Table) Add(v *Vector, id int32, weight float32) {
	weight *= t.norm[id]
	for i, b := range []byte(table[int(id)*Dims : int(id+1)*Dims]) {
		v[i] += weight * float32(int8(b))
	}
}

// Unit makes the length of a direction 1; one of no length stays.
func (v *Vector) Unit() {
	var sum float32
	for _, x := range v {
		sum += x * x
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i := range v {
		v[i] *= scale
	}
}

// Near is the cosine of a direction of length 1 and a word's.
func (t *Table) Near(v *Vector, id int32) float32 {
	row := table[int(id)*Dims : int(id+1)*Dims]
	var sum float32
	for i := range Dims {
		sum += v[i] * float32(int8(row[i]))
	}
	return sum * t.norm[id]
}

// Cosine is that of two directions, 0 where one has none.
func (v *Vector) Cosine(w *Vector) float64 {
	var vw, vv, ww float32
	for i := range Dims {
		vw += v[i] * w[i]
		vv += v[i] * v[i]
		ww += w[i] * w[i]
	}
	if vv == 0 || ww == 0 {
		return 0
	}
	return float64(vw) / math.Sqrt(float64(vv)*float64(ww))
}

// Found is a word of a text.
type Found struct {
	ID    int32
	Start int // byte offset
}

// Words cuts the words it knows out of a folded text, each as long as can be.
func (t *Table) Words(text string) []Found {
	var out []Found
	for at := 0; at < len(text); {
		first, n := utf8.DecodeRuneInString(text[at:])
		if first < utf8.RuneSelf {
			at += n
			continue
		}
		id, end := int32(-1), at
		for k := 0; k < longestWord && end < len(text); k++ {
			_, size := utf8.DecodeRuneInString(text[end:])
			end += size
			if i, ok := t.ids[text[at:end]]; ok {
				id, n = i, end-at
			}
		}
		if id >= 0 {
			out = append(out, Found{id, at})
		}
		at += n
	}
	return out
}
