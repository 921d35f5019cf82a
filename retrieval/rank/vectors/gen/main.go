// Command gen makes the table of word vectors from the source distribution of
// the Synonyms project (version 3.8.0, MIT), which holds vectors of 100
// dimensions learned from Chinese Wikipedia:
//
//	go run ./retrieval/rank/vectors/gen -vectors synonyms-3.8.0.tar.gz -out retrieval/rank/vectors/data
//
// Kept are words of one to five Han characters that jieba's dictionary holds
// often enough; their vectors are centred, turned onto the main axes of the
// whole, cut to the first of them and rounded to bytes.
package main

import (
	"archive/tar"
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/gonum/mat"

	"chuchu/retrieval/rank/vectors"
	"chuchu/retrieval/zh"
)

// leastCount is how often jieba's dictionary counts a word that is kept.
const leastCount = 20

func main() {
	source := flag.String("vectors", "", "the source distribution, a .tar.gz")
	dict := flag.String("dict", "retrieval/zh/dict/jieba.dict.utf8.gz", "jieba's dictionary")
	out := flag.String("out", "retrieval/rank/vectors/data", "folder to write to")
	flag.Parse()
	if err := run(*source, *dict, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

type entry struct {
	word   string
	vector []float64
}

func run(source, dict, out string) error {
	counts, err := readCounts(dict)
	if err != nil {
		return fmt.Errorf("read %s: %w", dict, err)
	}
	entries, err := readVectors(source, func(w string) bool { return keep(w, counts) })
	if err != nil {
		return fmt.Errorf("read %s: %w", source, err)
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.word, b.word) })
	turned := mainAxes(entries)
	var words strings.Builder
	var table []byte
	for i, e := range entries {
		words.WriteString(e.word)
		if counts[e.word].tag == placeTag {
			words.WriteString("\tp")
		}
		words.WriteString("\n")
		table = append(table, quantize(turned.RawRowView(i))...)
	}
	if err := os.WriteFile(filepath.Join(out, "words.txt"), []byte(words.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "vectors.bin"), table, 0o644)
}

func keep(w string, counts map[string]count) bool {
	n := utf8.RuneCountInString(w)
	return n >= 1 && n <= 5 && counts[w].n >= leastCount && zh.FoldText(w) == w &&
		!strings.ContainsFunc(w, func(r rune) bool { return !zh.IsHan(r) })
}

// count is what jieba's dictionary says of a word.
type count struct {
	n   int
	tag string
}

// placeTag is jieba's tag of places; words.txt marks them.
const placeTag = "ns"

func readCounts(file string) (map[string]count, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	counts := map[string]count{}
	for sc := bufio.NewScanner(z); sc.Scan(); {
		if fields := strings.Fields(sc.Text()); len(fields) == 3 {
			n, err := strconv.Atoi(fields[1])
			if err != nil {
				return nil, err
			}
			counts[fields[0]] = count{n, fields[2]}
		}
	}
	return counts, nil
}

// readVectors reads the file words.vector of the archive, in word2vec's binary form.
func readVectors(file string, keep func(string) bool) ([]entry, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for archive := tar.NewReader(z); ; {
		h, err := archive.Next()
		if err != nil {
			return nil, fmt.Errorf("find words.vector: %w", err)
		}
		if filepath.Base(h.Name) == "words.vector" {
			return parseVectors(bufio.NewReader(archive), keep)
		}
	}
}

func parseVectors(r *bufio.Reader, keep func(string) bool) ([]entry, error) {
	var n, dims int
	if _, err := fmt.Fscanf(r, "%d %d\n", &n, &dims); err != nil {
		return nil, fmt.Errorf("the first line: %w", err)
	}
	var out []entry
	row := make([]float32, dims)
	for range n {
		w, err := r.ReadString(' ')
		if err != nil {
			return nil, err
		}
		if err := binary.Read(r, binary.LittleEndian, row); err != nil {
			return nil, err
		}
		if w = strings.TrimSpace(w); keep(w) {
			e := entry{word: w}
			for _, v := range row {
				e.vector = append(e.vector, float64(v))
			}
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no word is kept")
	}
	return out, nil
}

// mainAxes turns the centred vectors of length one onto the axes along which
// they differ most, and keeps the first vectors.Dims of them.
func mainAxes(entries []entry) *mat.Dense {
	n, dims := len(entries), len(entries[0].vector)
	m := mat.NewDense(n, dims, nil)
	mean := make([]float64, dims)
	for i, e := range entries {
		length := mat.Norm(mat.NewVecDense(dims, e.vector), 2)
		for k, v := range e.vector {
			m.Set(i, k, v/length)
			mean[k] += v / length / float64(n)
		}
	}
	m.Apply(func(_, k int, v float64) float64 { return v - mean[k] }, m)
	var spread mat.SymDense
	spread.SymOuterK(1/float64(n), m.T())
	var eigen mat.EigenSym
	eigen.Factorize(&spread, true)
	var axes mat.Dense
	eigen.VectorsTo(&axes) // least first
	var turned mat.Dense
	turned.Mul(m, axes.Slice(0, dims, dims-vectors.Dims, dims))
	return &turned
}

func quantize(row []float64) []byte {
	most := 0.0
	for _, v := range row {
		most = max(most, math.Abs(v))
	}
	out := make([]byte, len(row))
	for i, v := range row {
		out[i] = byte(int8(math.Round(v / most * 127)))
	}
	return out
}
