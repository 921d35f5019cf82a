package pdftext

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
)

const (
	unfinished = ".tmp"    // ends the names of files that are being written
	sealed     = ".sha256" // ends the name of the file with a compiled program's sum
	// keptPrograms is how many compiled programs are kept: those of other
	// versions are not used again.
	keptPrograms = 2
	// abandoned is the age from which an unfinished file is one that was left behind.
	abandoned = time.Hour
)

var errNoCache = errors.New("no compiled program can be kept")

// openCache opens a folder of compiled programs. It must take files, unless it
// holds the program already: else the program would be compiled in vain.
func openCache(dir string) (wazero.CompilationCache, error) {
	if len(programs(dir)) == 0 {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		f, err := os.CreateTemp(dir, "new-*"+sealed)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
			return nil, err
		}
	}
	return wazero.NewCompilationCacheWithDir(dir)
}

// programs lists the compiled programs in a cache, the newest first.
func programs(dir string) (out []string) {
	type program struct {
		path string
		info fs.FileInfo
	}
	var all []program
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, sealed) {
			return nil // what cannot be read is compiled anew
		}
		info, err := d.Info()
		switch {
		case err != nil:
		case !strings.HasSuffix(path, unfinished):
			all = append(all, program{path, info})
		case time.Since(info.ModTime()) > abandoned:
			_ = os.Remove(path)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b program) int {
		return cmp.Or(b.info.ModTime().Compare(a.info.ModTime()), cmp.Compare(a.path, b.path))
	})
	for _, p := range all {
		out = append(out, p.path)
	}
	return out
}

// verify removes the programs that are not as they were sealed: machine code is
// run as it stands, and the checks of who reads it do not span all of it.
func verify(dir string) {
	for _, path := range programs(dir) {
		sum, err := sumOf(path)
		want, missing := os.ReadFile(path + sealed)
		if err != nil || missing != nil || !bytes.Equal(want, sum) {
			remove(path)
		}
	}
}

// seal keeps the sums of the programs that have none yet, and no more programs
// than are needed.
func seal(dir string) {
	for i, path := range programs(dir) {
		if i >= keptPrograms {
			remove(path)
			continue
		}
		if _, err := os.Stat(path + sealed); err == nil {
			continue
		}
		if sum, err := sumOf(path); err == nil {
			_ = os.WriteFile(path+sealed, sum, 0o600) // unsealed it is compiled again, no more
		}
	}
}

func remove(path string) {
	_ = os.Remove(path)
	_ = os.Remove(path + sealed)
}

func sumOf(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return []byte(hex.EncodeToString(sum[:]) + "\n"), nil
}
