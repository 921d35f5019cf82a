package zh

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// dictFS holds jieba's dictionaries (MIT, see dict/LICENSE). The idf and stop
// word lists serve only keyword extraction, which is not used, but jieba
// aborts the process on empty ones; a line each will do.
//
//go:embed dict/*.gz dict/SHA256SUMS
var dictFS embed.FS

// dictFiles are the dictionaries in the order in which jieba takes their paths.
var dictFiles = [...]string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8", "idf.utf8", "stop_words.utf8"}

// staleAfter is the age at which another process's unfinished file is taken for
// abandoned.
const staleAfter = time.Hour

// dictPaths are the paths of the dictionaries in dir, in jieba's order.
func dictPaths(dir string) []string {
	paths := make([]string, len(dictFiles))
	for i, name := range dictFiles {
		paths[i] = filepath.Join(dir, name)
	}
	return paths
}

// unpackDict gives a folder with the verified dictionaries. The caller calls
// release once they are loaded.
func unpackDict(cacheDir string) (dir string, release func(), err error) {
	keep := func() {}
	sums, key, err := dictSums()
	if err != nil {
		return "", keep, err
	}
	var cacheErr error
	if usable(cacheDir) {
		dir, cacheErr = cachedDict(cacheDir, key, sums)
		if cacheErr == nil {
			return dir, keep, nil
		}
	}
	dir, err = os.MkdirTemp("", "chuchu-dict-*")
	if err == nil && !usable(dir) {
		err = fmt.Errorf("%s: jieba cannot read a path with | or ;", dir)
	}
	if err == nil {
		err = writeDict(dir, sums)
	}
	if err != nil {
		os.RemoveAll(dir)
		return "", keep, fmt.Errorf("unpack dictionaries: %w", errors.Join(cacheErr, err))
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// usable tells whether jieba can read from dir: it takes | and ; in a path for
// separators, and aborts the process on what it then fails to open.
func usable(dir string) bool { return dir != "" && !strings.ContainsAny(dir, "|;") }

// dictSums gives the sha256 of every unpacked dictionary, and a key that names
// the set of them.
func dictSums() (sums map[string]string, key string, err error) {
	list, err := dictFS.ReadFile("dict/SHA256SUMS")
	if err != nil {
		return nil, "", fmt.Errorf("read embedded checksums: %w", err)
	}
	sums = make(map[string]string)
	for line := range strings.Lines(string(list)) {
		if sum, name, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			sums[name] = sum
		}
	}
	hash := sha256.Sum256(list)
	return sums, hex.EncodeToString(hash[:8]), nil
}

// cachedDict gives the folder cacheDir/key, written or repaired if it must be.
// Every file is renamed into its place whole: at no time does a process that
// found the folder sound, and loads from it, see less than a sound file.
func cachedDict(cacheDir, key string, sums map[string]string) (string, error) {
	dir := filepath.Join(cacheDir, key)
	if verifyDict(dir, sums) == nil {
		return dir, nil
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		if err := os.Remove(dir); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	removeStale(dir)
	return dir, writeDict(dir, sums)
}

// removeStale removes the unfinished files of processes long gone.
func removeStale(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, "*.new-*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > staleAfter {
			os.Remove(path)
		}
	}
}

// verifyDict compares the dictionaries in dir with their checksums.
func verifyDict(dir string, sums map[string]string) error {
	for _, name := range dictFiles {
		if err := verifyFile(filepath.Join(dir, name), sums[name]); err != nil {
			return err
		}
	}
	return nil
}

func verifyFile(path, want string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != want {
		return fmt.Errorf("%s: checksum %s, want %s", path, got, want)
	}
	return nil
}

// writeDict puts the dictionaries that dir lacks or has spoilt in their places.
func writeDict(dir string, sums map[string]string) error {
	for _, name := range dictFiles {
		path := filepath.Join(dir, name)
		if verifyFile(path, sums[name]) == nil {
			continue
		}
		data, err := unpackFile(name, sums[name])
		if err != nil {
			return err
		}
		if err := replaceFile(path, data); err != nil {
			return err
		}
	}
	return nil
}

// unpackFile gives an embedded dictionary, verified.
func unpackFile(name, want string) ([]byte, error) {
	packed, err := dictFS.ReadFile("dict/" + name + ".gz")
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	data, err := io.ReadAll(zr)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
		return nil, fmt.Errorf("%s: embedded data differ from their checksum", name)
	}
	return data, nil
}

// replaceFile writes a file beside path and renames it there.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return os.Rename(f.Name(), path)
}
