package retrieval

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/renameio/v2"

	"chuchu/retrieval/index"
	"chuchu/retrieval/report"
	"chuchu/retrieval/shelf"
)

// entry is what is known of one file of the library.
type entry struct {
	File string `json:"file"`
	Size int64  `json:"size"`
	Time int64  `json:"time"` // when it was changed
	Seen int64  `json:"seen"` // when it was read
	Sum  string `json:"sum"`  // SHA-256 of its bytes
	ID   string `json:"id,omitempty"`
	Told string `json:"told,omitempty"` // what a report.yaml says of it

	Slot  uint32      `json:"slot,omitempty"` // of what is served of it; 0: nothing
	Pack  string      `json:"pack,omitempty"`
	Place shelf.Place `json:"place,omitzero"`
	Card  Card        `json:"card,omitzero"`

	Warnings []string `json:"warnings,omitempty"`
	Broken   string   `json:"broken,omitempty"` // why it cannot be read as it is now
	Skip     bool     `json:"skip,omitempty"`   // it is no report
	Needs    []string `json:"needs,omitempty"`  // files without which it would be read otherwise
}

func (e *entry) live() bool { return e.Slot != 0 }

// sum is what tells a file from a spoilt one.
type sum struct {
	Size int64  `json:"size"`
	CRC  uint32 `json:"crc32c"`
}

// manifest says what a library's folder in the cache holds. Files that it does
// not name are none of it.
type manifest struct {
	Version  int            `json:"version"`
	Slots    uint32         `json:"slots"` // given so far
	Files    int            `json:"files"` // numbered so far
	Segments []string       `json:"segments"`
	Packs    []string       `json:"packs"`
	Sums     map[string]sum `json:"sums"`
	Named    int            `json:"named"`   // passages among which names were looked for together
	Changed  int            `json:"changed"` // passages that came or went since
	Entries  []entry        `json:"entries"`
}

// live tells whether a slot's report is served.
func (m *manifest) live() func(slot uint32) bool {
	slots := map[uint32]bool{}
	for _, e := range m.Entries {
		slots[e.Slot] = true
	}
	return func(slot uint32) bool { return slot != 0 && slots[slot] }
}

func (m *manifest) passages() (n int) {
	for _, e := range m.Entries {
		if e.live() {
			n += e.Place.Passages
		}
	}
	return n
}

// sealed is a manifest with its own sum.
type sealed struct {
	CRC      uint32          `json:"crc32c"`
	Manifest json.RawMessage `json:"manifest"`
}

// manifestFile is the manifest's name; formats are those of all that it names.
const (
	manifestFile = "meta.json"
	formats      = index.Version<<16 | shelf.Version<<8 | 1
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errSpoilt  = errors.New("not as written")
)

// readManifest reads a folder's manifest and compares the sizes of the files
// that it names.
func readManifest(dir string) (*manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, err
	}
	var s sealed
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	if crc32.Checksum(s.Manifest, castagnoli) != s.CRC {
		return nil, fmt.Errorf("%s: %w", manifestFile, errSpoilt)
	}
	m := &manifest{}
	if err := json.Unmarshal(s.Manifest, m); err != nil {
		return nil, err
	}
	if m.Version != formats {
		return nil, fmt.Errorf("index format %d, this program's is %d", m.Version, formats)
	}
	for name, want := range m.Sums {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if info.Size() != want.Size {
			return nil, fmt.Errorf("%s: %w: %d bytes where %d are due", name, errSpoilt, info.Size(), want.Size)
		}
	}
	return m, nil
}

// write puts the manifest in the place of the one there is, whole or not at all.
func (m *manifest) write(dir string) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if data, err = json.Marshal(sealed{crc32.Checksum(data, castagnoli), data}); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(dir, manifestFile), data, 0o644, renameio.WithTempDir(dir))
}

// size is the number of bytes of all files.
func (m *manifest) size() (n int64) {
	for _, s := range m.Sums {
		n += s.Size
	}
	return n
}

// verify compares every file with its sum.
func (m *manifest) verify(dir string, stop <-chan struct{}) error {
	for name, want := range m.Sums {
		select {
		case <-stop:
			return nil
		default:
		}
		got, err := sumFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s: %w", name, errSpoilt)
		}
	}
	return nil
}

func sumFile(path string) (sum, error) {
	f, err := os.Open(path)
	if err != nil {
		return sum{}, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	n, err := io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<18))
	if err != nil {
		return sum{}, fmt.Errorf("read %s: %w", path, err)
	}
	return sum{n, h.Sum32()}, nil
}

// hashFile is the SHA-256 of a file's bytes.
func hashFile(f *file) (string, error) {
	in, err := f.fsys.Open(f.name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{in}, make([]byte, 1<<18)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// doubtful is the time between a file's last change and its reading within
// which another change may have left the same time.
const doubtful = 2 * time.Second

// longHash is the size of a file from which its hash is worth saving.
const longHash = 1 << 20

// same tells whether a file is as it was when e was made of it, its bytes
// compared where size and time leave a doubt. fresh says that e.Time and
// e.Seen were brought up to date.
func (e *entry) same(f *file) (same, fresh bool) {
	if e.Size != f.size || e.ID != f.id || e.Told != f.told() {
		return false, false
	}
	if e.Sum == "" { // its bytes could not be had: they may be now
		return false, false
	}
	if e.Time == f.time && e.Time != 0 && e.Seen-e.Time > int64(doubtful) {
		return true, false
	}
	now := time.Now().UnixNano()
	got, err := hashFile(f)
	if err != nil || got != e.Sum {
		return false, false
	}
	fresh = f.time != 0 && now-f.time > int64(doubtful)
	if fresh {
		e.Time, e.Seen = f.time, now
	}
	return true, fresh
}

// changes are what parts a library's files from a manifest.
type changes struct {
	read  []int // files to read, by their places
	fresh bool  // times were brought up to date
	gone  bool  // files went
}

func (c *changes) none() bool { return len(c.read) == 0 && !c.gone }

// compare finds the files to read, and makes the entries of the manifest those
// of the files, in their order.
func (m *manifest) compare(files []file) (c changes) {
	old := map[string]entry{}
	for _, e := range m.Entries {
		old[e.File] = e
	}
	lost := map[string]bool{} // files on which others hang
	next := make([]entry, len(files))
	for i := range files {
		f := &files[i]
		if len(files) > 1 && !report.Readable(f.name) {
			next[i] = entry{File: f.name, Skip: true}
			delete(old, f.name)
			continue
		}
		e, ok := old[f.name]
		delete(old, f.name)
		same := false
		if ok {
			was, fresh := e.Time, false
			same, fresh = e.same(f)
			c.fresh = c.fresh || fresh && (f.size > longHash || was != f.time)
		}
		if !same {
			c.read = append(c.read, i)
			lost[f.name] = true
		}
		if !ok {
			e.ID = f.id
		}
		e.File = f.name
		next[i] = e
	}
	for name, e := range old {
		c.gone, lost[name] = c.gone || !e.Skip, true
	}
	for i := range next { // what hangs on a file that changed is read again
		if !lost[next[i].File] && slices.ContainsFunc(next[i].Needs, func(n string) bool { return lost[n] }) {
			c.read = append(c.read, i)
		}
	}
	slices.Sort(c.read)
	m.Entries = next
	return c
}
