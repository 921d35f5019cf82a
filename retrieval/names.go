package retrieval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/report"
)

// synonymsFile is the file of a library's folder with words of its own; it is
// no report.
const synonymsFile = "synonyms.txt"

// splitSynonyms takes the list of words of the folder at path from among its
// files.
func splitSynonyms(path string, files []file) (reports []file, list *file) {
	for i, f := range files {
		if f.name == synonymsFile && f.path != path { // asked for by its own path, it is a report
			return slices.Delete(slices.Clone(files), i, i+1), &f
		}
	}
	return files, nil
}

// readSynonyms reads a library's own words. A line that is wrong, or a file
// that is no text, is left out with a warning.
func readSynonyms(f *file) (own []*lex.Synonyms, warnings []string) {
	if f == nil {
		return nil, nil
	}
	data, err := fs.ReadFile(f.fsys, f.name)
	if err != nil {
		return nil, []string{fmt.Sprintf("%s: left out: %v", f.path, err)}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, nil
	}
	text, err := report.Text(data)
	if err != nil {
		return nil, []string{fmt.Sprintf("%s: left out: %v", f.path, err)}
	}
	list, wrong := lex.ParseEach(strings.NewReader(text))
	for _, err := range wrong {
		warnings = append(warnings, fmt.Sprintf("%s: %v", f.path, err))
	}
	return []*lex.Synonyms{list}, warnings
}

// pairsFile lies in an index's folder and holds the names found in its passages.
const pairsFile = "names.tsv"

var errPairs = errors.New("not as written")

// writePairs keeps pairs beside an index; the folder may refuse.
func writePairs(dir string, pairs []rank.Pair) {
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", p.How, p.Short, p.Long)
	}
	text := fmt.Sprintf("%08x\n%s", crc32.ChecksumIEEE([]byte(b.String())), b.String())
	tmp, err := os.CreateTemp(dir, "."+pairsFile)
	if err != nil {
		return
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(text)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err == nil {
		os.Rename(tmp.Name(), filepath.Join(dir, pairsFile))
	}
}

// readPairs reads what writePairs wrote.
func readPairs(dir string) ([]rank.Pair, error) {
	data, err := os.ReadFile(filepath.Join(dir, pairsFile))
	if err != nil {
		return nil, err
	}
	sum, text, _ := strings.Cut(string(data), "\n")
	if sum != fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(text))) {
		return nil, errPairs
	}
	var pairs []rank.Pair
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			return nil, errPairs
		}
		pairs = append(pairs, rank.Pair{How: rank.How(f[0]), Short: f[1], Long: f[2]})
	}
	return pairs, nil
}

// openPairs reads the names kept beside an index, or finds them anew.
func (l *Library) openPairs(ctx context.Context, dir string) (err error) {
	if l.pairs, err = readPairs(dir); err == nil {
		return nil
	}
	names := rank.NewNames(l.seg.Tag)
	for _, d := range l.docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		names.Add(d, l.seg.Search(d.Fold.Text))
	}
	l.pairs = names.Pairs()
	writePairs(dir, l.pairs)
	return nil
}

// aliases are the places of works under the short forms of their titles.
func aliases(works []workPlace, pairs []rank.Pair) []workPlace {
	shorts := map[string][]string{}
	for _, p := range pairs {
		if p.How == rank.Titled && !strings.Contains(p.Long, p.Short) {
			shorts[squeeze(p.Long)] = append(shorts[squeeze(p.Long)], squeeze(p.Short))
		}
	}
	var out []workPlace
	for _, w := range works {
		for _, short := range shorts[w.title] {
			out = append(out, workPlace{doc: w.doc, unit: w.unit, title: short, base: short, printed: w.printed})
		}
	}
	return out
}
