package index

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// TestScoresAsBleve ranks as a bleve index of the same passages does, with
// scores of the same proportions: the model was learned with those.
func TestScoresAsBleve(t *testing.T) {
	docs := someDocs(7, 400)
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	if err := m.AddCustomAnalyzer("cut", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		t.Fatal(err)
	}
	m.DefaultAnalyzer = "cut"
	dir := filepath.Join(t.TempDir(), "bleve")
	b, err := bleve.NewBuilder(dir, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		of := map[string]any{}
		for f, tokens := range d {
			of[string(f)] = strings.Join(tokens, " ")
		}
		if err := b.Index(fmt.Sprintf("%04d", i), of); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	theirs, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	ours := open(t, build(t, docs))
	for seed := range uint64(30) {
		var qs []query.Query
		var terms []Term
		for f, words := range someDocs(1000+seed, 1)[0] {
			slices.Sort(words)
			for i, w := range slices.Compact(words) {
				boost := 1 / float64(1+i%3)
				q := bleve.NewTermQuery(w)
				q.SetField(string(f))
				q.SetBoost(boost)
				qs, terms = append(qs, q), append(terms, Term{f, w, boost})
			}
		}
		req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(qs...), 60, 0, false)
		req.SortBy([]string{"-_score", "_id"})
		want, err := theirs.Search(req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ours.Search(t.Context(), terms, 60)
		if err != nil || len(got) != len(want.Hits) || len(got) < 10 {
			t.Fatalf("%d hits, %v, want %d", len(got), err, len(want.Hits))
		}
		for i, h := range got {
			if fmt.Sprintf("%04d", h.Ord) != want.Hits[i].ID || math.Abs(h.Score/got[0].Score-want.Hits[i].Score/want.Hits[0].Score) > 1e-4 {
				t.Errorf("hit %d is %d with %.5f of the first's score, bleve has %s with %.5f", i, h.Ord, h.Score/got[0].Score, want.Hits[i].ID, want.Hits[i].Score/want.Hits[0].Score)
			}
		}
	}
}
