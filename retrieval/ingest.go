package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/shelf"
	"chuchu/retrieval/zh"
)

const (
	// largestFile is the size in bytes above which a file is no report; a JSONL
	// file is read line by line, and may have largestJSONL.
	largestFile  = 256 << 20
	largestJSONL = 2 << 30
	// readAhead bounds the bytes of files that are parsed at one time.
	readAhead = 256 << 20
	// parsedSize is how many times as large as its file a parsed report is.
	parsedSize = 4
	// partPassages is the number of passages that are cut into words at a time.
	partPassages = 64
	// waitingParts is the number of parts of a file that wait to be written.
	waitingParts = 8
)

// errChanged says that a file was written to while it was read.
var errChanged = errors.New("it changes while it is read")

// part is a piece of a report on its way into the index.
type part struct {
	paragraphs []report.Paragraph // headings and the rest among them
	warns      []report.Warning
	docs       []*rank.Doc
	texts      []uint64     // hashes of the passages' folded texts
	cut        []index.Doc  // filled by a cutter
	words      [][]zh.Token // with the words' offsets
	works      [][]shelf.Work
	ready      chan struct{}
}

// reading is a file being read: its parts come in order, then what is known at
// the end.
type reading struct {
	file  *file
	parts chan *part
	head  report.Report // without its paragraphs; set before the first part
	card  Card          // of what it is read to be, but for a JSONL file; likewise

	// Set when parts is closed.
	sum string
	err error
}

// ingester reads files, several at a time, and cuts their passages.
type ingester struct {
	*tools
	cpu  cpu
	work chan *part
	wg   sync.WaitGroup
}

// ingest reads files and gives their readings in order. All that it started
// has ended once the readings' channel is closed; ctx must be cancelled where
// it is not read to its end.
func ingest(ctx context.Context, t *tools, c cpu, files []*file) <-chan *reading {
	in := &ingester{tools: t, cpu: c, work: make(chan *part, 2*runtime.GOMAXPROCS(0))}
	out := make(chan *reading, runtime.GOMAXPROCS(0))
	var cutters sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		cutters.Go(func() {
			for p := range in.work {
				_ = in.cpu.do(ctx, func() error { // or ctx ends, and nobody takes it
					in.cut(p)
					return nil
				})
				close(p.ready)
			}
		})
	}
	go func() {
		defer close(out)
		room := semaphore.NewWeighted(readAhead)
		for _, f := range files {
			weight := min(max(parsedSize*f.size, 1<<16), readAhead)
			if streamed(f.name) {
				weight = min(weight, 4*chunkBytes)
			}
			if room.Acquire(ctx, weight) != nil {
				break
			}
			r := &reading{file: f, parts: make(chan *part, waitingParts)}
			in.wg.Go(func() {
				defer room.Release(weight)
				r.sum, r.err = in.read(ctx, r)
				close(r.parts)
			})
			select {
			case out <- r:
			case <-ctx.Done():
			}
		}
		in.wg.Wait()
		close(in.work)
		cutters.Wait()
	}()
	return out
}

// cut cuts a part's passages into words and bigrams.
func (in *ingester) cut(p *part) {
	p.cut, p.words, p.works = make([]index.Doc, len(p.docs)), make([][]zh.Token, len(p.docs)), make([][]shelf.Work, len(p.docs))
	for i, d := range p.docs {
		p.words[i] = in.seg.Search(d.Fold.Text)
		p.cut[i] = cutDoc(d, p.words[i])
		p.works[i] = worksIn(d.Paragraph)
	}
}

// cutDoc is a passage as the index takes it.
func cutDoc(d *rank.Doc, words []zh.Token) index.Doc {
	return index.Doc{
		index.Words:   texts(words),
		index.Bigrams: zh.BigramTexts(d.Fold.Text),
		index.Head:    zh.BigramTexts(d.Head),
	}
}

func texts(tokens []zh.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

// send hands a part on to the cutters and to who writes it.
func (in *ingester) send(ctx context.Context, r *reading, p *part) error {
	p.ready = make(chan struct{})
	select {
	case in.work <- p:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case r.parts <- p:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// read reads a file and sends its parts; it tells the sum of its bytes.
func (in *ingester) read(ctx context.Context, r *reading) (string, error) {
	f := r.file
	limit := int64(largestFile)
	if streamed(f.name) {
		limit = largestJSONL
	}
	switch {
	case !report.Readable(f.name):
		return "", report.ErrFormat
	case f.size > limit:
		return "", fmt.Errorf("a file of %d MiB is over the %d that are read", f.size>>20, limit>>20)
	}
	if err := f.stat(); err != nil {
		return "", err
	}
	before := *f
	sum, err := "", error(nil)
	if streamed(f.name) && f.size > chunkBytes && !wide(f) {
		sum, err = in.readLines(ctx, r)
	} else {
		sum, err = in.readWhole(ctx, r)
	}
	if e := f.stat(); ctx.Err() == nil && (e != nil || f.size != before.size || f.time != before.time) {
		return "", errChanged
	}
	if sum != "" && ctx.Err() == nil && time.Now().UnixNano()-f.time < int64(doubtful) {
		// a change within a tick of the clock leaves the time as it was
		if again, e := hashFile(f); e != nil || again != sum {
			return "", errChanged
		}
	}
	return sum, err
}

func streamed(name string) bool { return strings.EqualFold(path.Ext(name), ".jsonl") }

func (in *ingester) readWhole(ctx context.Context, r *reading) (string, error) {
	data, err := fs.ReadFile(r.file.fsys, r.file.name)
	if err != nil {
		return "", err
	}
	h := sha256.Sum256(data)
	sum := hex.EncodeToString(h[:])
	got, err := in.parse(ctx, r.file, data)
	if err != nil {
		return sum, err
	}
	return sum, in.sendReport(ctx, r, got)
}

// parse makes a report of a file's bytes and of what the report.yaml beside it says.
func (in *ingester) parse(ctx context.Context, f *file, data []byte) (r *report.Report, err error) {
	err = in.cpu.do(ctx, func() (err error) {
		r, err = in.parser.Parse(ctx, f.called(), data)
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.Title == r.ID {
		r.Title = report.ID(f.name)
	}
	r.Apply(f.meta)
	return r, nil
}

// sendReport sends a report, or a stretch of one, in parts.
func (in *ingester) sendReport(ctx context.Context, r *reading, got *report.Report) error {
	var parts []*part
	err := in.cpu.do(ctx, func() error {
		parts = split(r, got)
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := in.send(ctx, r, p); err != nil {
			return err
		}
	}
	return nil
}

// split makes parts of a report, or of a stretch of one. The first part of a
// report that is no JSONL file has all of its texts' hashes.
func split(r *reading, got *report.Report) (parts []*part) {
	if r.head.ID == "" {
		r.head = *got
		r.head.Paragraphs, r.head.Warnings = nil, nil
		if r.head.Format != report.JSONL {
			c := newCard(&r.head, r.file.name)
			c.add(&r.head, got.Paragraphs)
			r.card = c.done()
		}
	}
	p := &part{warns: got.Warnings}
	var all []uint64
	from := 0
	for i := range got.Paragraphs {
		if got.Paragraphs[i].Kind != report.Body {
			continue
		}
		d := rank.NewDoc(&r.head, &got.Paragraphs[i])
		p.docs = append(p.docs, d)
		all = append(all, hashText(d.Fold.Text))
		if len(p.docs) == partPassages {
			p.paragraphs = got.Paragraphs[from : i+1]
			from = i + 1
			parts = append(parts, p)
			p = &part{}
		}
	}
	p.paragraphs = got.Paragraphs[from:]
	parts = append(parts, p)
	at := 0
	for _, p := range parts {
		p.texts = all[at : at+len(p.docs)]
		at += len(p.docs)
	}
	if r.head.Format != report.JSONL {
		parts[0].texts = all
	}
	return parts
}

// hashText is a hash of the letters and digits of a folded text.
func hashText(folded string) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range folded {
		if r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z') || r >= 0x2000 && r < 0x2E80 || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 {
			continue
		}
		for ; r > 0; r >>= 8 {
			h = (h ^ uint64(r&0xFF)) * 1099511628211
		}
	}
	return h
}

// Progress tells how far the opening of a library has come.
type Progress struct {
	Stage       Stage
	Files       int   // read
	FilesTotal  int   // to be read; those that did not change are not
	Passages    int   // written
	Bytes       int64 // of the files read
	BytesTotal  int64
	ElapsedTime time.Duration
}

// Stage is what is being done.
type Stage string

const (
	StageRead  Stage = "read"  // files are parsed, cut and written
	StageMerge Stage = "merge" // what was written is joined
	StageNames Stage = "names" // short and long names are found
	StageDone  Stage = "done"
)
