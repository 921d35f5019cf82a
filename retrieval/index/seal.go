package index

import (
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// sum is what tells a file from a spoilt one.
type sum struct {
	Size int64  `json:"size"`
	CRC  uint32 `json:"crc32c"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal sums every file under dir, and lets other users read them, as a cache
// made at installation needs.
func seal(dir string) (map[string]sum, error) {
	out := map[string]sum{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(path, 0o755)
		}
		s, err := sumFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(name)] = s
		return os.Chmod(path, 0o644)
	})
	return out, err
}

// verify compares the files under dir with their sums: a map of a file that
// was cut short would end the program at a question.
func verify(dir string, sums map[string]sum) error {
	if len(sums) == 0 {
		return fmt.Errorf("no sums of its files")
	}
	for name, want := range sums {
		got, err := sumFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is not as written: %d bytes, sum %08x, where %d, %08x are due", name, got.Size, got.CRC, want.Size, want.CRC)
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
	n, err := io.Copy(h, f)
	if err != nil {
		return sum{}, fmt.Errorf("read %s: %w", path, err)
	}
	return sum{n, h.Sum32()}, nil
}
