package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of an archive. What a person wrote stays far below them; a file made
// to fill a disk or a memory does not.
const (
	mostEntries   = 5000
	mostUnpacked  = 512 << 20 // bytes, all entries together
	longestEntry  = 64 << 20  // bytes of one that is read
	mostRatio     = 200       // unpacked to packed
	leastForRatio = 1 << 20   // bytes unpacked from which the ratio is looked at
)

var (
	errNoEntry = errors.New("the archive lacks it")
	errBomb    = errors.New("it unpacks to too much")
)

// archive is a ZIP file within its bounds, its entries by their clean names.
type archive struct {
	entries map[string]*zip.File
	left    int64 // bytes that may still be unpacked
}

// openArchive opens a ZIP file. Links, and names that lead out of the archive,
// are left out with a warning.
func openArchive(data []byte) (*archive, []Warning, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, nil, fmt.Errorf("open archive: %w", err)
	}
	if len(z.File) > mostEntries {
		return nil, nil, fmt.Errorf("open archive: %d entries, where %d may be", len(z.File), mostEntries)
	}
	a := &archive{entries: map[string]*zip.File{}, left: mostUnpacked}
	var warns []Warning
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		clean := path.Clean(name)
		switch {
		case f.FileInfo().IsDir():
		case path.IsAbs(name) || clean == ".." || strings.HasPrefix(clean, "../") || f.Mode()&^0o777 != 0:
			warns = append(warns, Warning{Text: fmt.Sprintf("entry %.80q is left out: it leads out of the archive or is no file", f.Name)})
		case a.entries[clean] == nil:
			a.entries[clean] = f
		}
	}
	return a, warns, nil
}

func (a *archive) has(name string) bool { return a.entries[path.Clean(name)] != nil }

// within tells whether a folder of the archive holds anything.
func (a *archive) within(folder string) bool {
	for name := range a.entries {
		if strings.HasPrefix(name, folder) {
			return true
		}
	}
	return false
}

// read unpacks one entry.
func (a *archive) read(name string) ([]byte, error) {
	f := a.entries[path.Clean(name)]
	if f == nil {
		return nil, fmt.Errorf("read %.80q: %w", name, errNoEntry)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("read %.80q: %w", name, err)
	}
	defer rc.Close()
	// the sizes that an archive states may be lies; what comes out is counted
	most := min(a.left, longestEntry)
	data, err := io.ReadAll(io.LimitReader(rc, most+1))
	if err != nil {
		return nil, fmt.Errorf("read %.80q: %w", name, err)
	}
	n := int64(len(data))
	if n > most || n > leastForRatio && n > mostRatio*int64(f.CompressedSize64) {
		return nil, fmt.Errorf("read %.80q: %w", name, errBomb)
	}
	a.left -= n
	return data, nil
}
