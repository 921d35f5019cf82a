package retrieval_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
	"chuchu/retrieval/zh"
	"chuchu/seeds"
)

var update = flag.Bool("update", false, "rewrite the golden file")

const (
	seedsFile  = "../seeds/questions.jsonl"
	goldenFile = "testdata/golden.txt"
)

// seed is a question with more of what is right than ranking is measured by.
type seed struct {
	eval.Item
	Sentence string   `json:"sentence"`
	Markers  []string `json:"markers"`
}

func readSeeds(t testing.TB) []seed {
	t.Helper()
	data, err := os.ReadFile(seedsFile)
	if err != nil {
		t.Fatal(err)
	}
	items, err := eval.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := make([]seed, 0, len(items))
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		s := seed{Item: items[len(out)]}
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// tally counts the outcomes of one kind of question.
type tally struct {
	n, first, five, footnoted, refused int
	mrr                                float64
}

// add counts one outcome of an answerable question.
func (s *tally) add(o eval.Outcome, markers []string) {
	s.n++
	if !o.Answer.Found {
		s.refused++
	}
	if o.Rank > 0 {
		s.mrr += 1 / float64(o.Rank)
	}
	if o.Rank > 0 && o.Rank <= 5 {
		s.five++
	}
	if o.Rank == 1 {
		s.first++
		if sameMarkers(o.Answer.Hits[0].Footnotes, markers) {
			s.footnoted++
		}
	}
}

func sameMarkers(got []retrieval.Footnote, want []string) bool {
	var labels []string
	for _, f := range got {
		labels = append(labels, f.Marker)
	}
	return slices.Equal(labels, want)
}

func (s tally) line(name string) string {
	n := float64(s.n)
	return fmt.Sprintf("%-12s %4d  recall@1 %.3f  recall@5 %.3f  mrr %.3f  footnotes right %3d of %3d  refused %d\n",
		name, s.n, float64(s.first)/n, float64(s.five)/n, s.mrr/n, s.footnoted, s.first, s.refused)
}

// TestGoldenRanking asks the questions that come with the shipped report and
// compares what they show with the golden file, whole.
func TestGoldenRanking(t *testing.T) {
	qs := readSeeds(t)
	items := make([]eval.Item, len(qs))
	for i, q := range qs {
		items[i] = q.Item
	}
	outs, err := eval.Run(t.Context(), retrieval.SharedLibrary(t), items)
	if err != nil {
		t.Fatal(err)
	}
	var all tally
	var kinds []string
	by := map[string]*tally{}
	var missed, refused, answered strings.Builder
	unanswerable := 0
	for i, o := range outs {
		if err := retrieval.CheckSubstrings(o.Answer); err != nil {
			t.Errorf("%s %s: %v", o.Item.ID, o.Item.Question, err)
		}
		if o.Item.Unanswerable {
			unanswerable++
			if o.Answer.Found {
				fmt.Fprintf(&answered, "%s %s -> %s\n", o.Item.ID, o.Item.Question, passage(o))
			}
			continue
		}
		if by[o.Item.Kind] == nil {
			by[o.Item.Kind] = &tally{}
			kinds = append(kinds, o.Item.Kind)
		}
		by[o.Item.Kind].add(o, qs[i].Markers)
		all.add(o, qs[i].Markers)
		if o.Rank != 1 {
			fmt.Fprintf(&missed, "%s %s rank %d of %s: %s -> %s\n", o.Item.ID, o.Item.Kind, o.Rank, place(o.Item.Gold[0]), o.Item.Question, passage(o))
		}
		if !o.Answer.Found {
			fmt.Fprintf(&refused, "%s %s: %s\n", o.Item.ID, o.Item.Kind, o.Item.Question)
		}
	}
	var b strings.Builder
	b.WriteString(all.line("all"))
	for _, kind := range kinds {
		b.WriteString(by[kind].line(kind))
	}
	fmt.Fprintf(&b, "unanswerable %4d  refused %d\n", unanswerable, unanswerable-strings.Count(answered.String(), "\n"))
	fmt.Fprintf(&b, "\nnot first\n%s\nrefused though answerable\n%s\nanswered though unanswerable\n%s", missed.String(), refused.String(), answered.String())
	compareGolden(t, b.String())
}

// place is a passage id without its report.
func place(id string) string { return id[strings.LastIndexByte(id, '#')+1:] }

func passage(o eval.Outcome) string {
	if len(o.Answer.Hits) == 0 {
		return "nothing"
	}
	return place(o.Answer.Hits[0].PassageID)
}

func compareGolden(t *testing.T, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(goldenFile), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	var diff strings.Builder
	for _, line := range a {
		if !slices.Contains(b, line) {
			diff.WriteString("- " + line + "\n")
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			diff.WriteString("+ " + line + "\n")
		}
	}
	t.Errorf("ranking differs from %s; if that is meant, run the test with -update:\n%s", goldenFile, diff.String())
}

// TestSeeds holds the questions to what they claim, and to being asked in
// other words than the report's: a third of those that it answers, at least,
// share no run of four characters with their passage.
func TestSeeds(t *testing.T) {
	l := retrieval.SharedLibrary(t)
	texts := shippedTexts(t)
	id := l.Reports()[0].ID
	answerable, apart := 0, 0
	seen := map[string]bool{}
	for _, q := range readSeeds(t) {
		if q.ID == "" || seen[q.ID] || q.Unanswerable != (len(q.Gold) == 0) {
			t.Errorf("%s: its id is taken, or it is half unanswerable", q.ID)
		}
		seen[q.ID] = true
		if q.Unanswerable {
			continue
		}
		var passages strings.Builder
		for _, gold := range q.Gold {
			text, ok := texts[gold]
			if !ok || !strings.HasPrefix(gold, id+"#p") {
				t.Errorf("%s: no passage %s", q.ID, gold)
			}
			passages.WriteString(text + "\n")
		}
		if !strings.Contains(passages.String(), q.Sentence) || q.Sentence == "" {
			t.Errorf("%s: the sentence %q is in none of its passages", q.ID, q.Sentence)
		}
		answerable++
		if q.Kind != "english" && !sharesRun(zh.FoldText(q.Question), zh.FoldText(passages.String()), 4) {
			apart++
		}
	}
	if apart*3 < answerable {
		t.Errorf("%d of %d questions share no run of four characters with their passage", apart, answerable)
	}
}

// shippedTexts are the shipped report's paragraphs by passage id.
func shippedTexts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := seeds.Reports.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := seeds.Reports.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" {
				out[fmt.Sprintf("%s#p%d", strings.TrimSuffix(e.Name(), ".txt"), n)] = line
				n++
			}
		}
	}
	return out
}

func sharesRun(a, b string, n int) bool {
	rs := []rune(a)
	for i := 0; i+n <= len(rs); i++ {
		if strings.Contains(b, string(rs[i:i+n])) {
			return true
		}
	}
	return false
}
