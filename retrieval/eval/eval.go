// Package eval measures answers on question sets: how often the right passage
// is first, how often a question is refused, and how fast it is.
package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chuchu/retrieval"
)

// Item is one question with what is right.
type Item struct {
	ID           string   `json:"id"`
	Kind         string   `json:"kind"`
	Text         string   `json:"text"`
	Question     string   `json:"question"`
	Turns        []string `json:"turns"`
	Gold         []string `json:"gold"` // passage ids, the main one first
	Answers      []string `json:"answers"`
	Answer       string   `json:"answer"`
	Sentence     string   `json:"sentence"` // that answers, where the set says
	Unanswerable bool     `json:"unanswerable"`
}

// Ask is the question as typed.
func (it Item) Ask() string {
	if it.Question != "" {
		return it.Question
	}
	return it.Text
}

// Golds are the right answers, as words.
func (it Item) Golds() []string {
	if len(it.Answers) == 0 && it.Answer != "" {
		return []string{it.Answer}
	}
	return it.Answers
}

func (it Item) answerable() bool { return len(it.Gold) > 0 && !it.Unanswerable }

// Read reads questions, one a line.
func Read(r io.Reader) ([]Item, error) {
	var out []Item
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for line := 1; sc.Scan(); line++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var it Item
		if err := json.Unmarshal(sc.Bytes(), &it); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if it.Ask() == "" {
			return nil, fmt.Errorf("line %d: no question in it", line)
		}
		out = append(out, it)
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Asker answers questions.
type Asker interface {
	Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
}

// Outcome is one question's result.
type Outcome struct {
	Item   Item
	Rank   int // of the first gold passage, from 1; 0: not among the hits
	Answer retrieval.Answer
	Took   time.Duration
}

// Report is what a question set shows. Recall and MRR are over the answerable.
type Report struct {
	Queries             int     `json:"queries"`
	Answerable          int     `json:"answerable"`
	R1                  float64 `json:"r@1"`
	R5                  float64 `json:"r@5"`
	R10                 float64 `json:"r@10"`
	MRR                 float64 `json:"mrr@10"`
	RefusedAnswerable   float64 `json:"refused_answerable"`
	RefusedUnanswerable float64 `json:"refused_unanswerable"`
	AUC                 float64 `json:"auc"`         // of the confidence, answerable against not
	ExactMatch          float64 `json:"exact_match"` // of the first hit's answer
	F1                  float64 `json:"f1"`          // by characters
	P50                 float64 `json:"p50_ms"`
	P99                 float64 `json:"p99_ms"`
}

// Run asks every question and returns the outcomes in order.
func Run(ctx context.Context, a Asker, items []Item) ([]Outcome, error) {
	out := make([]Outcome, 0, len(items))
	for _, it := range items {
		start := time.Now()
		ans, err := a.Ask(ctx, retrieval.Question{Text: it.Ask(), Turns: it.Turns})
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", it.ID, err)
		}
		o := Outcome{Item: it, Answer: ans, Took: time.Since(start)}
		for i, h := range ans.Hits {
			if slices.Contains(it.Gold, h.PassageID) {
				o.Rank = i + 1
				break
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// Summarize counts outcomes.
func Summarize(outs []Outcome) Report {
	r := Report{Queries: len(outs)}
	unanswerable, answered := 0, 0
	var took []float64
	var yes, no []float64
	for _, o := range outs {
		took = append(took, float64(o.Took.Microseconds())/1000)
		if !o.Item.answerable() {
			unanswerable++
			no = append(no, o.Answer.Confidence)
			if !o.Answer.Found {
				r.RefusedUnanswerable++
			}
			continue
		}
		r.Answerable++
		yes = append(yes, o.Answer.Confidence)
		if !o.Answer.Found {
			r.RefusedAnswerable++
		}
		if o.Rank > 0 && o.Rank <= 10 {
			r.R10++
			r.MRR += 1 / float64(o.Rank)
		}
		if o.Rank > 0 && o.Rank <= 5 {
			r.R5++
		}
		if o.Rank == 1 {
			r.R1++
		}
		if golds := o.Item.Golds(); len(golds) > 0 {
			answered++
			em, f1 := judge(o.Answer, golds)
			r.ExactMatch += em
			r.F1 += f1
		}
	}
	for _, v := range []*float64{&r.R1, &r.R5, &r.R10, &r.MRR, &r.RefusedAnswerable} {
		*v = share(*v, r.Answerable)
	}
	r.RefusedUnanswerable = share(r.RefusedUnanswerable, unanswerable)
	r.ExactMatch, r.F1 = share(r.ExactMatch, answered), share(r.F1, answered)
	r.AUC = auc(yes, no)
	r.P50, r.P99 = percentile(took, 0.5), percentile(took, 0.99)
	return r
}

func share(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// percentile is the nearest-rank percentile.
func percentile(v []float64, p float64) float64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[max(0, int(math.Ceil(p*float64(len(v))))-1)]
}

// auc is the chance that an answerable question has a higher confidence than
// an unanswerable one, ties counting half; 0 where either kind is lacking.
func auc(yes, no []float64) float64 {
	if len(yes) == 0 || len(no) == 0 {
		return 0
	}
	slices.Sort(no)
	sum := 0.0
	for _, y := range yes {
		lo, _ := slices.BinarySearch(no, y)
		hi := lo
		for hi < len(no) && no[hi] == y {
			hi++
		}
		sum += float64(lo) + float64(hi-lo)/2
	}
	return sum / float64(len(yes)*len(no))
}

// judge compares the first hit's answer, or where none is marked its quote,
// with the gold answers: exact match, and F1 over characters.
func judge(a retrieval.Answer, golds []string) (em, f1 float64) {
	if len(a.Hits) == 0 {
		return 0, 0
	}
	got := a.Hits[0].Answer
	if got == "" {
		got = a.Hits[0].Quote
	}
	g := Plain(got)
	for _, gold := range golds {
		w := Plain(gold)
		if g == w {
			em = 1
		}
		f1 = max(f1, CharF1(g, w))
	}
	return em, f1
}

// Plain drops width, case, blanks and punctuation, as reading-comprehension
// scoring does.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

// CharF1 compares two plain answers by their characters.
func CharF1(got, want string) float64 {
	count := map[rune]int{}
	n, m, same := 0, 0, 0
	for _, r := range want {
		count[r]++
		m++
	}
	for _, r := range got {
		n++
		if count[r] > 0 {
			count[r]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(n+m)
}
