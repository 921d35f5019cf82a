package main

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
)

// towns are the words of the ladder: passage k holds the first twelve-k of them.
var towns = strings.Fields("青龙县 白虎镇 朱雀乡 玄武村 麒麟岛 凤凰山 金狮桥 银鹿湖 铁牛港 铜马关 石羊寨 木鸡岭")

// writeLadder writes a set whose ranks are known beforehand: each of twelve
// passages holds one town fewer than the one before, each in the same length,
// and the question asks for all. Twenty more passages have none of them.
func writeLadder(t *testing.T) string {
	t.Helper()
	type row = map[string]any
	var corpus, queries []row
	id := func(k int) string { return "rung" + string(rune('a'+k)) }
	for k := range towns {
		text := strings.Join(towns[:len(towns)-k], "、") + strings.Repeat("、水稻田", k)
		corpus = append(corpus, row{"id": id(k), "text": text + "。"})
	}
	for i := range 20 {
		corpus = append(corpus, row{"id": "other" + string(rune('a'+i)), "text": strings.Repeat("水稻田、", 11) + "水稻田。"})
	}
	corpus = append(corpus, row{"id": "titled", "title": "灯塔博物馆", "text": "每周一闭馆。"})
	asked := slices.Clone(towns)
	slices.Reverse(asked) // as printed it would be a quotation, to Chuchu
	all := strings.Join(asked, "、")
	for _, gold := range [][]string{{id(0)}, {id(6), id(2)}, {id(8)}, {id(11)}} { // ranks 1, 3, 9 and over ten
		queries = append(queries, row{"id": gold[0], "text": all, "gold": gold})
	}
	queries = append(queries,
		row{"id": "title", "question": "灯塔博物馆", "text": "水稻田", "gold": []string{"titled"}},
		row{"id": "none", "text": all, "gold": []string{}},
		row{"id": "refuse", "text": all, "gold": []string{"titled"}, "unanswerable": true},
		row{"id": "nothing", "text": "哦?", "gold": []string{"titled"}})
	dir := filepath.Join(t.TempDir(), "ladder")
	writeRows(t, filepath.Join(dir, "corpus.jsonl"), corpus)
	writeRows(t, filepath.Join(dir, "queries.jsonl"), queries)
	return dir
}

func writeRows(t *testing.T, path string, rows []map[string]any) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// ladder is what every plain engine reaches on it: of six questions, ranks 1,
// 3, 9, none, 1 (by the title) and none.
var ladder = figures{Questions: 6, R1: 2. / 6, R5: 3. / 6, R10: 4. / 6, MRR: (1 + 1./3 + 1./9 + 1) / 6}

func checkFigures(t *testing.T, got, want figures) {
	t.Helper()
	if got.Questions != want.Questions {
		t.Errorf("%d questions, want %d", got.Questions, want.Questions)
	}
	for name, pair := range map[string][2]float64{
		"R@1": {got.R1, want.R1}, "R@5": {got.R5, want.R5}, "R@10": {got.R10, want.R10}, "MRR@10": {got.MRR, want.MRR},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s is %.4f, want %.4f", name, pair[0], pair[1])
		}
	}
	if got.Index <= 0 || got.P50 < 0 || got.P50 > got.P99 {
		t.Errorf("indexing %v s, p50 %v ms, p99 %v ms", got.Index, got.P50, got.P99)
	}
}

// TestLadder runs every engine that is here.
func TestLadder(t *testing.T) {
	dir := writeLadder(t)
	var out, warn strings.Builder
	if err := run(t.Context(), []string{"--json", dir}, &out, &warn); err != nil {
		t.Fatalf("%v\n%s", err, &warn)
	}
	measured := map[string]figures{}
	for d := json.NewDecoder(strings.NewReader(out.String())); d.More(); {
		var f figures
		if err := d.Decode(&f); err != nil {
			t.Fatal(err)
		}
		if f.Set != dir || !slices.Contains(engineNames, f.Engine) {
			t.Errorf("figures of %q on %q, which were not asked for", f.Engine, f.Set)
		}
		measured[f.Engine] = f
	}
	for _, name := range engineNames {
		t.Run(name, func(t *testing.T) {
			got, ok := measured[name]
			said := strings.Contains(warn.String(), "engines: "+name+" is left out: ")
			switch {
			case ok == said:
				t.Errorf("measured: %v, said to be left out: %v", ok, said)
			case !ok && slices.Contains(pythonEngines, name):
				t.Skipf("%s is not installed for %s", name, debianPython())
			case !ok:
				t.Error("left out")
			case name == chuchu:
				checkFigures(t, got, askChuchu(t, dir))
			default:
				checkFigures(t, got, ladder)
			}
		})
	}
}

// askChuchu measures a set's questions with a gold passage as chuchu eval does.
func askChuchu(t *testing.T, dir string) figures {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, err := eval.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := retrieval.Open(t.Context(), retrieval.Options{Path: filepath.Join(dir, "corpus.jsonl"), Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	outs, err := eval.Run(t.Context(), lib, items)
	if err != nil {
		t.Fatal(err)
	}
	r := eval.Summarize(outs)
	if r.Answerable == r.Queries || r.R1 == 0 {
		t.Fatalf("the set shows nothing: %+v", r)
	}
	return figures{Questions: r.Answerable, R1: r.R1, R5: r.R5, R10: r.R10, MRR: r.MRR}
}

// TestMissingEngine has one engine that cannot be imported, and then no Python.
func TestMissingEngine(t *testing.T) {
	dir := writeLadder(t)
	t.Run("no Python", func(t *testing.T) {
		missing(t, dir, filepath.Join(dir, "python"), pythonEngines)
	})
	t.Run("no whoosh", func(t *testing.T) {
		if _, err := exec.LookPath(debianPython()); err != nil {
			t.Skip("there is no Python here")
		}
		stub := t.TempDir()
		if err := os.WriteFile(filepath.Join(stub, "jieba.py"), []byte("raise ImportError('not here')\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PYTHONPATH", stub)
		missing(t, dir, debianPython(), pythonEngines[:1])
	})
}

func missing(t *testing.T, dir, python string, names []string) {
	t.Helper()
	var out, warn strings.Builder
	if err := run(t.Context(), []string{"--chuchu=false", "--python", python, dir}, &out, &warn); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.Count(warn.String(), "engines: "+name+" is left out: ") != 1 {
			t.Errorf("%s is not once said to be left out: %q", name, &warn)
		}
		if strings.Count(out.String(), "\n| "+name+" | – |\n") != 2 {
			t.Errorf("%s is not a dash in both tables:\n%s", name, &out)
		}
	}
	if !strings.HasPrefix(out.String(), "| R@1 | ladder (6) |\n") || !strings.Contains(out.String(), "\n| bleve both | 0.333 |\n") {
		t.Errorf("a head or the figure of an engine that is here is amiss:\n%s", &out)
	}
	if strings.Contains(out.String(), chuchu) {
		t.Errorf("%s has a row, and was left out by its flag:\n%s", chuchu, &out)
	}
}

func TestTables(t *testing.T) {
	sets := []set{{folder: "a/rivers", questions: make([]eval.Item, 3)}, {folder: "b/lakes/", questions: make([]eval.Item, 40)}}
	rows := []figures{
		{Set: "b/lakes/", Engine: "two", R1: 0.5, R5: 0.75, R10: 1, MRR: 0.6256, P50: 0.04, P99: 9},
		{Set: "a/rivers", Engine: "one", R1: 1, R5: 1, R10: 1, MRR: 1, P50: 12.35, P99: 99},
		{Set: "b/lakes/", Engine: "one", R1: 0, P50: 1},
		{Set: "elsewhere", Engine: "two", R1: 1},
		{Set: "a/rivers", Engine: "three", R1: 1},
	}
	const want = `| R@1 | rivers (3) | lakes (40) |
|---|---|---|
| one | 1.000 | 0.000 |
| two | – | 0.500 |

| R@5 / MRR@10 / p50 ms | rivers (3) | lakes (40) |
|---|---|---|
| one | 1.000 / 1.000 / 12.35 | 0.000 / 0.000 / 1.00 |
| two | – | 0.750 / 0.626 / 0.04 |
`
	if got := tables([]string{"one", "two"}, sets, rows); got != want {
		t.Errorf("tables:\n%s\nwant:\n%s", got, want)
	}
}

func TestBadSet(t *testing.T) {
	good := []map[string]any{{"id": "p", "text": "湿地九处。"}}
	asked := []map[string]any{{"id": "q", "text": "湿地几处", "gold": []string{"p"}}}
	for name, tt := range map[string]struct {
		corpus, queries []map[string]any
		want            string
	}{
		"no passages":     {nil, asked, "read passages"},
		"spoilt passage":  {append(good, map[string]any{"id": "p2"}), asked, "corpus.jsonl: line 2: "},
		"no questions":    {good, nil, "read questions"},
		"spoilt question": {good, []map[string]any{{"id": "q"}}, "queries.jsonl: line 1: "},
		"no gold":         {good, []map[string]any{{"id": "q", "text": "湿地几处", "gold": []string{}}}, "none has a gold passage"},
	} {
		dir := t.TempDir()
		for file, rows := range map[string][]map[string]any{"corpus.jsonl": tt.corpus, "queries.jsonl": tt.queries} {
			if rows != nil {
				writeRows(t, filepath.Join(dir, file), rows)
			}
		}
		var out, warn strings.Builder
		if err := run(t.Context(), []string{dir}, &out, &warn); err == nil || !strings.Contains(err.Error(), tt.want) || out.Len() > 0 {
			t.Errorf("%s: error %v, want %q; printed %q", name, err, tt.want, &out)
		}
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{nil, {"--json"}, {"--other", "x"}} {
		var out, warn strings.Builder
		if err := run(t.Context(), args, &out, &warn); !errors.Is(err, errUsage) || !strings.Contains(warn.String(), "usage: engines ") {
			t.Errorf("%q: error %v, said %q", args, err, &warn)
		}
	}
}
