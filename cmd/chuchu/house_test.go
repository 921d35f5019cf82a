package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the module's folder, seen from this package's.
const root = "../.."

const module = "chuchu/"

// house says which packages of the module a package may import. Imports go one
// way, down this list; a new package needs a row.
var house = map[string][]string{
	"seeds":                      {},
	"retrieval/report":           {"retrieval/report/pdftext"},
	"retrieval/report/pdftext":   {},
	"retrieval/zh":               {},
	"retrieval/rank/lex":         {},
	"retrieval/rank/trees":       {},
	"retrieval/rank/vectors":     {},
	"retrieval/rank/vectors/gen": {"retrieval/rank/vectors", "retrieval/zh"},
	"retrieval/index":            {"retrieval/report", "retrieval/zh"},
	"retrieval/shelf":            {"retrieval/report"},
	"retrieval/rank":             {"retrieval/report", "retrieval/zh", "retrieval/index", "retrieval/rank/lex", "retrieval/rank/trees", "retrieval/rank/vectors"},
	"retrieval":                  {"retrieval/report", "retrieval/zh", "retrieval/index", "retrieval/rank", "retrieval/rank/lex", "retrieval/rank/vectors", "retrieval/shelf", "seeds"},
	"retrieval/eval":             {"retrieval"},
	"bot":                        {"bot/words", "retrieval"},
	"bot/store":                  {"bot"},
	"bot/render":                 {"bot", "bot/words", "retrieval", "retrieval/zh"},
	"bot/telegram":               {"bot", "bot/render", "bot/store", "bot/words"},
	"cmd/chuchu":                 {"bot", "bot/render", "bot/store", "bot/telegram", "bot/web", "bot/words", "retrieval", "retrieval/eval", "retrieval/rank", "seeds"},
	"retrieval/zh/gen":           {"retrieval/zh"}, // tools, that no one imports
	"retrieval/rank/fit":         {"retrieval", "retrieval/eval", "retrieval/rank", "retrieval/rank/trees"},
	"retrieval/rank/spanfit":     {"retrieval", "retrieval/eval", "retrieval/rank"},
	"retrieval/rank/lex/gen":     {},
	"bot/telegram/telegramtest":  {},
	"bot/telegram/load":          {"bot", "bot/render", "bot/store", "bot/telegram", "bot/telegram/telegramtest", "bot/words", "retrieval", "seeds"},
	"bot/words":                  {"retrieval/zh"},
	"bot/web":                    {"retrieval"},
	"retrieval/eval/engines":     {"retrieval", "retrieval/eval", "retrieval/index", "retrieval/report", "retrieval/zh"},
}

// soleImporters are the only packages that may import a library.
var soleImporters = map[string]string{
	"github.com/go-telegram-bot-api/": "bot/telegram",
	"github.com/blevesearch/":         "retrieval/index",
	"github.com/yanyiwu/gojieba":      "retrieval/zh",
}

// listed is a package as go list shows it.
type listed struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

// modulePackages lists the module's packages.
func modulePackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root
	var warn bytes.Buffer
	cmd.Stderr = &warn
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list packages: %v\n%s", err, &warn)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, module)
		all = append(all, p)
	}
}

func TestImportsGoOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range modulePackages(t) {
		seen[p.ImportPath] = true
		may, ok := house[p.ImportPath]
		if !ok {
			t.Errorf("%s has no place in the house", p.ImportPath)
			continue
		}
		for _, path := range p.Imports {
			if name, own := strings.CutPrefix(path, module); own && !slices.Contains(may, name) {
				t.Errorf("%s imports %s", p.ImportPath, name)
			}
			for library, only := range soleImporters {
				if strings.HasPrefix(path, library) && p.ImportPath != only {
					t.Errorf("%s imports %s, which is for %s alone", p.ImportPath, path, only)
				}
			}
		}
	}
	for name := range house {
		if !seen[name] {
			t.Errorf("%s has a place in the house and is not there", name)
		}
	}
}

// TestRetrievalKnowsNoBot holds for tests and tools too.
func TestRetrievalKnowsNoBot(t *testing.T) {
	looked := 0
	for _, p := range modulePackages(t) {
		if p.ImportPath != "retrieval" && !strings.HasPrefix(p.ImportPath, "retrieval/") {
			continue
		}
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			looked++
			if path == module+"bot" || strings.HasPrefix(path, module+"bot/") {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
	if looked == 0 {
		t.Error("no import under retrieval was looked at")
	}
}

// TestHouseIsOrdered keeps the table itself from allowing a circle.
func TestHouseIsOrdered(t *testing.T) {
	var visit func(name string, above []string)
	visit = func(name string, above []string) {
		if slices.Contains(above, name) {
			t.Fatalf("a circle: %s", strings.Join(append(above, name), " > "))
		}
		for _, next := range house[name] {
			if _, ok := house[next]; !ok {
				t.Fatalf("%s may import %s, which has no place in the house", name, next)
			}
			visit(next, append(slices.Clone(above), name))
		}
	}
	for name := range house {
		visit(name, nil)
	}
}

func TestTopLevel(t *testing.T) {
	allowed := strings.Fields("cmd bot retrieval seeds deploy go.mod go.sum Dockerfile README.md LICENSE")
	names := topLevel(t)
	for _, must := range strings.Fields("cmd bot retrieval seeds go.mod go.sum") {
		if !slices.Contains(names, must) {
			t.Errorf("%s is not among %q", must, names)
		}
	}
	for _, name := range names {
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) {
			t.Errorf("%s stands at the top level", name)
		}
	}
}

// topLevel names what the top folder holds: what git tracks of it, or, where
// this is no checkout, what is there.
func topLevel(t *testing.T) []string {
	t.Helper()
	var names []string
	git := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	git.Dir = root
	if out, err := git.Output(); err == nil && len(out) > 0 {
		for path := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
			name, _, _ := strings.Cut(filepath.ToSlash(path), "/")
			names = append(names, name)
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
