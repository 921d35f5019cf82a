package retrieval

import (
	"bytes"
	"cmp"
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

// Names of a library of up to fewNamed passages, and of one of which the
// greater part has changed, are looked for in all passages; else only in those
// that came, and found ones stay.
const fewNamed = 2000

// keepNames writes the names found in the passages beside the index.
func (u *updater) keepNames(ctx context.Context) error {
	all := u.m.passages()
	found := u.names
	old, err := readPairs(u.dir)
	switch {
	case all == u.done.Passages && !u.replaced: // all were read just now
		u.m.Named, u.m.Changed = all, 0
	case err != nil || u.replaced || all <= fewNamed || u.m.Changed > u.m.Named/2:
		if found, err = u.nameAll(ctx); err != nil {
			return err
		}
		u.m.Named, u.m.Changed = all, 0
	default:
		pairs := append(old, found.Pairs()...)
		slices.SortStableFunc(pairs, func(a, b rank.Pair) int {
			return cmp.Or(strings.Compare(a.Short, b.Short), strings.Compare(a.Long, b.Long))
		})
		writePairs(u.dir, slices.CompactFunc(pairs, func(a, b rank.Pair) bool { return a.Short == b.Short && a.Long == b.Long }))
		return nil
	}
	writePairs(u.dir, found.Pairs())
	return nil
}

// nameAll looks for names in all passages.
func (u *updater) nameAll(ctx context.Context) (*rank.Names, error) {
	names := rank.NewNames(u.tools.seg.Tag)
	if u.pack != nil { // it is read below
		if err := u.pack.Flush(); err != nil {
			return nil, err
		}
	}
	for i := range u.m.Entries {
		e := &u.m.Entries[i]
		if !e.live() {
			continue
		}
		p, err := u.open(e.Pack)
		if err != nil {
			return nil, err
		}
		head, err := p.Head(e.Place)
		if err != nil {
			return nil, err
		}
		for n := range e.Place.Passages {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			par, err := p.Passage(e.Place, n)
			if err != nil {
				return nil, err
			}
			d := rank.NewDoc(&head.Report, par)
			names.Add(d, u.tools.seg.Search(d.Fold.Text))
		}
	}
	return names, nil
}

// openPairs reads the names kept beside an index, or finds them anew.
func openPairs(ctx context.Context, dir string, m *manifest, t *tools) ([]rank.Pair, error) {
	pairs, err := readPairs(dir)
	if err == nil {
		return pairs, nil
	}
	u := newUpdater(dir, m, nil, t, cpu{}, nil)
	names, err := u.nameAll(ctx)
	if err = errors.Join(err, u.close()); err != nil {
		return nil, err
	}
	pairs = names.Pairs()
	writePairs(dir, pairs)
	return pairs, nil
}
