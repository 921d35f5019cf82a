package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

var (
	errEmpty  = errors.New("the file is empty")
	errBinary = errors.New("not text in UTF-8, UTF-16, GB18030 or Big5")
)

// damagedShare is the share of bytes up to which text counts as UTF-8 with
// damaged places rather than another encoding, and of NULs up to which it
// counts as text at all.
const damagedShare = 0.01

// decode turns a file's bytes into UTF-8 text without BOM, NUL or invalid
// bytes, each of those replaced by one space, and says what it had to do.
func decode(data []byte) (string, []Warning, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, errEmpty
	}
	var warns []Warning
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", nil, fmt.Errorf("convert from UTF-16: %w", err)
		}
		data, warns = out, append(warns, Warning{Text: "converted from UTF-16"})
	}
	if bad := invalidBytes(data); bad > 0 && float64(bad) > damagedShare*float64(len(data)) {
		l := tellLegacy(data)
		out, err := l.NewDecoder().Bytes(data)
		if err != nil || float64(bytes.Count(out, []byte("\uFFFD"))) > damagedShare*float64(utf8.RuneCount(out)) {
			return "", nil, errBinary
		}
		// what could not be converted is a bad byte again, for clean to find
		out = bytes.ReplaceAll(out, []byte("\uFFFD"), []byte{0xFF})
		data, warns = out, append(warns, Warning{Text: "converted from " + l.name})
	}
	if n := bytes.Count(data, []byte{0}); float64(n) > damagedShare*float64(len(data)) {
		return "", nil, errBinary
	}
	text, more := clean(string(data))
	if strings.TrimSpace(text) == "" {
		return "", nil, errEmpty
	}
	return text, append(warns, more...), nil
}

// Text turns a file's bytes into UTF-8 text, whatever encoding it is in of
// those that reports are read from.
func Text(data []byte) (string, error) {
	text, _, err := decode(data)
	return text, err
}

func invalidBytes(data []byte) int {
	n := 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			n++
		}
		i += size
	}
	return n
}

// clean replaces each invalid byte and NUL by one space.
func clean(s string) (string, []Warning) {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	line, first, n := 1, 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			if n++; first == 0 {
				first = line
			}
			b.WriteByte(' ')
		} else {
			b.WriteString(s[i : i+size])
		}
		if r == '\n' {
			line++
		}
		i += size
	}
	return b.String(), []Warning{{Line: first, Text: fmt.Sprintf("%d invalid or NUL bytes, each read as a space; the first is here", n)}}
}
