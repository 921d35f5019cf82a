package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"chuchu/retrieval/report/pdftext"
)

// ErrFormat is returned for a file whose format is not read.
var ErrFormat = errors.New("not a format that is read")

// extensions are the names' endings of the files that are reports.
var extensions = map[string]Format{
	".txt": TXT, ".jsonl": JSONL, ".md": Markdown, ".markdown": Markdown, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".epub": EPUB, ".docx": DOCX, ".pdf": PDF,
}

// readers make a source of a file's bytes. Text comes decoded.
var readers = map[Format]func(ctx context.Context, data []byte) (*source, error){
	Markdown: readMarkdown,
	DOCX:     readDOCX,
	HTML:     readHTML,
	EPUB:     readEPUB,
}

// Readable tells by its name alone whether a file may be a report.
func Readable(name string) bool {
	_, ok := extensions[strings.ToLower(filepath.Ext(name))]
	return ok
}

// Parser reads files. It may be used by many at once.
type Parser struct{ pdf *pdftext.Engine }

// NewParser makes a parser that keeps what it compiles in a folder, which need
// not be there; an empty name keeps nothing. It must be closed.
func NewParser(cache string) *Parser { return &Parser{pdftext.NewEngine(cache)} }

// Close ends the parser; nothing may be read at that time.
func (p *Parser) Close() error { return p.pdf.Close() }

// Parse reads one file, judged by its content; its name decides only between
// the kinds of text. name is its path within the library.
func (p *Parser) Parse(ctx context.Context, name string, data []byte) (*Report, error) {
	format, err := Sniff(name, data)
	if err != nil {
		return nil, err
	}
	switch format {
	case TXT:
		return ParseText(name, data)
	case JSONL:
		return ParseJSONL(name, data)
	}
	read := readers[format]
	if format == PDF {
		read = p.readPDF
	}
	if read == nil {
		return nil, ErrFormat
	}
	s, err := read(ctx, data)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	if err := boundParagraphs(len(s.blocks)); err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	s.format = format
	return assemble(name, s), nil
}

// oleHead opens the files of older word processors, and encrypted newer ones.
var oleHead = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// Why a file that looks like a report is none.
var (
	errOLE = errors.New("a file of an older word processor, or an encrypted one: save it as DOCX without a password")
	errZIP = errors.New("an archive that is neither DOCX nor EPUB")
)

// Sniff tells a file's format.
func Sniff(name string, data []byte) (Format, error) {
	named, known := extensions[strings.ToLower(filepath.Ext(name))]
	head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(data, oleHead):
		return "", errOLE
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return sniffArchive(data)
	case !known:
		return "", ErrFormat
	case slices.Contains([]Format{PDF, DOCX, EPUB}, named):
		return "", fmt.Errorf("named as a %s file but it is none", named)
	case named == TXT && startsHTML(head):
		return HTML, nil
	}
	return named, nil
}

func startsHTML(head []byte) bool {
	head = bytes.ToLower(head[:min(len(head), 64)])
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

func sniffArchive(data []byte) (Format, error) {
	a, _, err := openArchive(data)
	switch {
	case err != nil:
		return "", err
	case a.has("word/document.xml") || a.has("[Content_Types].xml") && a.within("word/"):
		return DOCX, nil
	case a.holdsBook():
		return EPUB, nil
	}
	return "", errZIP
}
