package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// entry is a word of jieba's dictionary.
type entry struct {
	word string
	freq int
	tag  string
}

// readDict reads "word frequency tag" lines.
func readDict(path string) ([]entry, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []entry
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		freq, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		e := entry{word: f[0], freq: freq}
		if len(f) > 2 {
			e.tag = f[2]
		}
		out = append(out, e)
	}
	return out, nil
}

// writeDicts packs the dictionaries that jieba loads. It needs the idf and
// stop word lists only to extract keywords, but aborts on empty ones.
func writeDicts(cppjieba string) error {
	files := map[string][]byte{"idf.utf8": []byte("的 1.0\n"), "stop_words.utf8": []byte("的\n")}
	for _, name := range []string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8"} {
		data, err := os.ReadFile(filepath.Join(cppjieba, "dict", name))
		if err != nil {
			return err
		}
		files[name] = data
	}
	var sums bytes.Buffer
	for _, name := range []string{"hmm_model.utf8", "idf.utf8", "jieba.dict.utf8", "stop_words.utf8", "user.dict.utf8"} {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(files[name]), name)
		var packed bytes.Buffer
		zw, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := zw.Write(files[name]); err != nil {
			return err
		}
		if err := zw.Close(); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(root, "dict", name+".gz"), packed.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(root, "dict", "SHA256SUMS"), sums.Bytes(), 0o644); err != nil {
		return err
	}
	return copyFile("dict/LICENSE", filepath.Join(cppjieba, "LICENSE"))
}
