package report

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/net/html"
)

// longestBook bounds the bytes of a book's text; its tree takes many times as much.
const longestBook = 64 << 20

var errEncrypted = errors.New("its text is encrypted: only a book without copy protection can be read")

// readEPUB reads a book: its files in reading order, those out of it behind
// them, and the notes of all.
func readEPUB(ctx context.Context, data []byte) (*source, error) {
	a, warns, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	a.holdsBook()
	p, err := openPackage(a)
	if err != nil {
		return nil, err
	}
	entries, more := p.reading()
	warns = append(warns, more...)
	if err := checkEncryption(a, entries); err != nil {
		return nil, err
	}
	titles, more := p.titles(a)
	warns = append(warns, more...)
	files, more, err := bookFiles(ctx, a, entries, longestBook)
	if err != nil {
		return nil, err
	}
	warns = append(warns, more...)
	for _, f := range files {
		f.begin(titles[f.path])
	}
	s := readBook(newWebBook(files...))
	if len(s.blocks) == 0 {
		return nil, errNoWords
	}
	s.warns = append(warns, s.warns...)
	s.title, s.meta = p.title(), p.meta()
	return s, nil
}

// bookFiles reads the entries that hold text, most bytes in all.
func bookFiles(ctx context.Context, a *archive, entries []bookEntry, most int64) (files []*webFile, warns []Warning, err error) {
	unpacked := a.left
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		f, more, err := bookFile(a, e.name)
		switch {
		case errors.Is(err, errBomb):
			return nil, nil, err
		case err != nil && e.unread:
			continue
		case err != nil:
			warns = append(warns, Warning{Text: fmt.Sprintf("a file is left out: %v", err)})
			continue
		case unpacked-a.left > most:
			return nil, nil, fmt.Errorf("its text is over %d MB", most>>20)
		}
		for _, w := range more {
			warns = append(warns, Warning{Text: fmt.Sprintf("%.80q: %s", e.name, w.Text)})
		}
		if (e.contents || isContents(f)) && !f.prose(f.root) {
			continue
		}
		f.side, f.unread = e.side, e.unread
		files = append(files, f)
	}
	return files, warns, nil
}

func bookFile(a *archive, name string) (*webFile, []Warning, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, nil, err
	}
	f, warns, err := parseHTML(data, true)
	if err != nil {
		return nil, nil, fmt.Errorf("read %.80q: %w", name, err)
	}
	f.path = name
	return f, warns, nil
}

// isContents tells the files of a book that hold its contents or cover.
func isContents(f *webFile) bool {
	return f.element(func(n *html.Node) bool {
		return n.Data != "a" && hasToken(n, "epub:type", "toc", "landmarks", "page-list", "cover")
	}) != nil
}

// readBook writes the files of a book. A file without a title of its own goes
// on with the chapter before it, and so does one up to where its first begins.
func readBook(b *webBook) *source {
	w := newWebWalk(b)
	var chapter bookChapter
	for _, f := range b.files {
		first := len(w.src.blocks)
		if f.chapter.label == "" && !f.side && len(f.starts) > 0 {
			f.chapter = chapter
		}
		w.read(f)
		written := w.src.blocks[first:]
		for _, block := range written {
			if f.chapter.label == "" && block.kind == Heading {
				f.chapter.label = unmarked(block)
			}
		}
		if f.chapter.label == "" && !f.side {
			f.chapter = chapter
		}
		chapter = f.chapter
		for i := range written {
			if len(f.starts) == 0 {
				written[i].chapter, written[i].contents = chapter.label, chapter.path
			}
		}
	}
	return w.finish()
}
