package retrieval

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/google/renameio/v2"
)

// bytesOf reads a file whole, as its parser takes it.
func bytesOf(file *io.SectionReader) ([]byte, error) {
	data := make([]byte, file.Size())
	if n, err := file.ReadAt(data, 0); n < len(data) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return data, nil
}

// putFile makes a file, which comes to stand whole or not at all.
func putFile(path string, file *io.SectionReader) error {
	out, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithPermissions(0o644))
	if err != nil {
		return err
	}
	defer out.Cleanup() // of no effect once it stands
	if _, err := io.Copy(out, io.NewSectionReader(file, 0, file.Size())); err != nil {
		return err
	}
	return out.CloseAtomicallyReplace()
}

// sumOf is the SHA-256 of a file's bytes.
func sumOf(file *io.SectionReader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file, 0, file.Size())); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// longestFile is the length, in characters, to which a file's name is kept; a
// character takes up to four bytes of the 255 that a name may have.
const longestFile = 50

// deviceName matches names that a system takes for a device's.
var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// safeName makes a name for a file of the library of one that a stranger chose:
// no folder, no hidden file, nothing that a system or a shell takes for
// something else, nothing that shows as other than it is, and no list of words.
func safeName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	ext := filepath.Ext(name)
	stem := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, strings.TrimSuffix(name, ext))
	stem = strings.TrimRight(strings.TrimLeft(stem, " .-"), " .")
	if rs := []rune(stem); len(rs) > longestFile {
		stem = strings.TrimRight(string(rs[:longestFile]), " .")
	}
	if stem == "" {
		stem = "report"
	}
	name = stem + strings.ToLower(ext)
	if deviceName.MatchString(name) || strings.EqualFold(name, synonymsFile) {
		name = "_" + name
	}
	return name
}
