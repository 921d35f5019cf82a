package report

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// parsing is one parser for all tests: its PDF reader takes long to compile.
var parsing struct {
	once   sync.Once
	parser *Parser
	cache  string
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if parsing.parser != nil {
		if err := parsing.parser.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.RemoveAll(parsing.cache)
	os.Exit(code)
}

// testParser is the parser that tests share.
func testParser(t testing.TB) *Parser {
	t.Helper()
	parsing.once.Do(func() {
		parsing.cache, parsing.err = os.MkdirTemp("", "chuchu-test-")
		parsing.parser = NewParser(parsing.cache)
	})
	if parsing.err != nil {
		t.Fatal(parsing.err)
	}
	return parsing.parser
}

// parseFile reads a file with the shared parser.
func parseFile(ctx context.Context, t testing.TB, name string, data []byte) (*Report, error) {
	t.Helper()
	return testParser(t).Parse(ctx, name, data)
}

// TestParserCached has a second parser read a PDF file with what the first has
// compiled.
func TestParserCached(t *testing.T) {
	if _, err := parseFile(t.Context(), t, "f.pdf", pdfOver().bytes()); err != nil {
		t.Fatal(err)
	}
	compiled := func() map[string]time.Time {
		out := map[string]time.Time{}
		paths, err := filepath.Glob(filepath.Join(parsing.cache, "*", "*"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("the cache holds %v, %v", paths, err)
		}
		for _, path := range paths {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			out[path] = info.ModTime()
		}
		return out
	}
	before := compiled()
	p := NewParser(parsing.cache)
	_, err := p.Parse(t.Context(), "f.pdf", pdfOver().bytes())
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if after := compiled(); err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the second parser: %v, and the cache is %v, before %v", err, after, before)
	}
	if err := NewParser(parsing.cache).Close(); err != nil { // that read nothing
		t.Error(err)
	}
}
