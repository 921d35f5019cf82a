package pdftext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Bounds of one file.
const (
	longestRead = 2 * time.Minute
	mostMemory  = 1 << 30 // bytes that the reader of one file may take
	wasmPage    = 64 << 10
	mostAtOnce  = 2        // files
	endWindow   = 64 << 10 // bytes at a file's end that say where its parts are
)

// Engine reads PDF files. It compiles the reader with the first file, once; each
// file then gets an instance of its own, with memory of its own and no file system but a font.
type Engine struct {
	dir   string // of the compiled reader; empty: it is kept nowhere
	start func() (pdfium.Pool, error)

	mu    sync.Mutex
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

// NewEngine makes an engine that keeps its compiled reader in a folder, which
// need not be there; with an empty name each engine compiles its own.
func NewEngine(dir string) *Engine {
	e := &Engine{dir: dir}
	e.start = sync.OnceValues(e.compile)
	return e
}

// Close ends the engine; no file may be read at that time.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	if e.cache != nil {
		err = errors.Join(err, e.cache.Close(context.Background()))
	}
	e.pool, e.cache = nil, nil
	return err
}

// compile compiles the reader, or takes it from the cache. One that is spoilt is
// made anew; where none can be kept the reader is compiled each time.
func (e *Engine) compile() (pdfium.Pool, error) {
	var pool pdfium.Pool
	var cache wazero.CompilationCache
	err := errNoCache
	if e.dir != "" {
		pool, cache, err = compileIn(e.dir, whole)
	}
	if err != nil {
		pool, err = whole(wazero.NewRuntimeConfig())
	}
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pool, e.cache = pool, cache
	return pool, nil
}

// compileIn takes the reader from a folder, or compiles it into it.
func compileIn(dir string, start func(wazero.RuntimeConfig) (pdfium.Pool, error)) (pdfium.Pool, wazero.CompilationCache, error) {
	verify(dir)
	cache, err := openCache(dir)
	if err != nil {
		return nil, nil, err
	}
	pool, err := start(wazero.NewRuntimeConfig().WithCompilationCache(cache))
	if err != nil {
		return nil, nil, errors.Join(err, cache.Close(context.Background()))
	}
	seal(dir)
	return pool, cache, nil
}

// whole starts a reader with all the memory that a file may take.
func whole(c wazero.RuntimeConfig) (pdfium.Pool, error) { return initialize(c, mostMemory) }

// initialize starts a reader that takes at most so many bytes for a file.
func initialize(c wazero.RuntimeConfig, memory int) (pdfium.Pool, error) {
	root, err := fonts()
	if err != nil {
		return nil, err
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal: mostAtOnce,
		FSConfig: wazero.NewFSConfig().WithFSMount(root, "/"),
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: c.
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(uint32(memory / wasmPage)).
			WithCloseOnContextDone(true),
	})
}

// What is wrong with a file.
var (
	ErrPassword = errors.New("it needs a password: save it without one")
	ErrDamaged  = errors.New("it is damaged or cut off")
	ErrTooLong  = fmt.Errorf("reading it took over %v", longestRead)
)

// Read reads the text of a PDF file. A reader that hangs is stopped and thrown away.
func (e *Engine) Read(ctx context.Context, data []byte) (*Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !bytes.Contains(data[max(0, len(data)-endWindow):], []byte("startxref")) {
		return nil, ErrDamaged // PDFium would mend it, and leave out what is missing
	}
	pool, err := e.start()
	if err != nil {
		return nil, fmt.Errorf("start the PDF reader: %w", err)
	}
	return readWithin(ctx, pool, data, longestRead)
}

func readWithin(ctx context.Context, pool pdfium.Pool, data []byte, longest time.Duration) (*Document, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, longest, ErrTooLong)
	defer cancel()
	inst, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("start the PDF reader: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = inst.Kill() })
	d, err := read(ctx, inst, data)
	if !stop() {
		return nil, context.Cause(ctx)
	}
	_ = inst.Close() // its memory goes with it
	return d, err
}

// read reads a file with its own instance. A trap of the reader comes back as
// an error, a fault of its Go side as a panic: both are the file's.
func read(ctx context.Context, inst pdfium.Pdfium, data []byte) (d *Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			d, err = nil, ErrDamaged
		}
	}()
	doc, err := inst.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, ErrPassword
	case err != nil:
		return nil, ErrDamaged
	}
	count, err := inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil || count.PageCount == 0 {
		return nil, ErrDamaged
	}
	d = &Document{Title: info(inst, doc.Document, "Title"), Author: info(inst, doc.Document, "Author")}
	left := mostChars
	rings := ringed(info(inst, doc.Document, "Creator"))
	for n := range count.PageCount {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		p, err := readPage(inst, doc.Document, n, &left, rings)
		if err != nil {
			return nil, err
		}
		d.Pages = append(d.Pages, p)
	}
	d.settleColumns()
	return d, nil
}
