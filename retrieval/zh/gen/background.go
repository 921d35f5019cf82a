package main

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// docRunes is the length, in characters, of the document that a character's
// idf is for: a paragraph.
const docRunes = 200

// rare is the frequency below which a word without an idf of its own is left
// to the default.
const rare = 10

// step is the precision of a stored idf.
const step = 1.0 / 16

// writeBackground writes the idf of words, as six-byte records (five of the
// word's 64-bit FNV-1a hash, one of idf in steps), and that of characters, as
// four-byte records (three of the code point, one of idf), each sorted.
func writeBackground(path string, dict []entry) error {
	idf, err := readIDF(path)
	if err != nil {
		return err
	}
	estimate(idf, dict)
	var records []string
	for word, v := range idf {
		if utf8.RuneCountInString(word) < 2 || v >= zh.UnknownIDF {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(word))
		records = append(records, string(h.Sum(nil)[:5])+string([]byte{quantum(v)}))
	}
	if err := writeRecords("words.idf", records); err != nil {
		return err
	}
	return writeRecords("chars.idf", charRecords(dict))
}

func readIDF(path string) (map[string]float64, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	idf := make(map[string]float64)
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 2 {
			continue
		}
		v, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		idf[strings.ToLower(f[0])] = v
	}
	return idf, nil
}

// estimate gives words that only the dictionary has an idf, by the line that
// fits idf over the logarithm of the frequency for the words that have both.
func estimate(idf map[string]float64, dict []entry) {
	var n, sx, sy, sxx, sxy float64
	for _, e := range dict {
		if y, ok := idf[strings.ToLower(e.word)]; ok && e.freq >= rare {
			x := math.Log(float64(e.freq))
			n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		}
	}
	slope := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	base := (sy - slope*sx) / n
	for _, e := range dict {
		word := strings.ToLower(e.word)
		if _, ok := idf[word]; !ok && e.freq >= rare {
			idf[word] = max(base+slope*math.Log(float64(e.freq)), step)
		}
	}
}

// charRecords counts every character over the dictionary's words, weighted by
// their frequencies, and takes a document for docRunes draws from that: the
// idf is -ln of the chance that it holds the character.
func charRecords(dict []entry) []string {
	count := make(map[rune]float64)
	var total float64
	for _, e := range dict {
		for _, r := range strings.ToLower(e.word) {
			count[r] += float64(e.freq)
			total += float64(e.freq)
		}
	}
	var records []string
	for r, c := range count {
		if !zh.IsHan(r) {
			continue
		}
		var code [4]byte
		binary.BigEndian.PutUint32(code[:], uint32(r))
		v := -math.Log(1 - math.Exp(-docRunes*c/total))
		records = append(records, string(code[1:])+string([]byte{quantum(v)}))
	}
	return records
}

func quantum(v float64) byte { return byte(math.Round(min(v, zh.UnknownIDF) / step)) }

func writeRecords(name string, records []string) error {
	slices.Sort(records)
	return os.WriteFile(filepath.Join(root, "data", name), []byte(strings.Join(records, "")), 0o644)
}
