package report

import (
	"errors"
	"path/filepath"
	"strings"
)

// ErrFormat is returned for a file whose format is not read.
var ErrFormat = errors.New("not a text or JSONL file")

// Parse reads one file. name is its path within the library.
func Parse(name string, data []byte) (*Report, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt":
		return ParseText(name, data)
	case ".jsonl":
		return ParseJSONL(name, data)
	default:
		return nil, ErrFormat
	}
}
