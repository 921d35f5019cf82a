package trees

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
)

// exclusive makes groups of which the row with exactly one of two features is
// right: no weighted sum can tell it.
func exclusive(n int, rng *rand.Rand) []Group {
	var out []Group
	for range n {
		g := Group{Weight: 1}
		right := rng.IntN(4)
		for i := range 4 {
			a, b := 0.0, 0.0
			if rng.IntN(2) == 0 {
				a, b = 1, 1
			}
			if i == right {
				b = 1 - b
			}
			g.Rows = append(g.Rows, []float64{a, b, rng.Float64()})
			g.Good = append(g.Good, i == right)
		}
		out = append(out, g)
	}
	return out
}

var options = Options{Trees: 40, Leaves: 4, Rate: 0.3, Lambda: 1, Least: 5}

func TestLearnsWhatNoSumCanTell(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := Learn([]string{"a", "b", "noise"}, exclusive(300, rng), options)
	right := 0
	test := exclusive(200, rng)
	for _, g := range test {
		best := 0
		for i, r := range g.Rows {
			if f.Score(r) > f.Score(g.Rows[best]) {
				best = i
			}
		}
		if g.Good[best] {
			right++
		}
	}
	if right < 195 {
		t.Errorf("%d of %d unseen groups right", right, len(test))
	}
}

func TestYesAndNo(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var gs []Group
	for range 500 {
		x := rng.Float64()
		gs = append(gs, Group{Rows: [][]float64{{x}}, Good: []bool{x > 0.6}, Weight: 1})
	}
	f := Learn([]string{"x"}, gs, options)
	if no, yes := f.Score([]float64{0.3}), f.Score([]float64{0.8}); no > -1 || yes < 1 {
		t.Errorf("score of a no %.2f, of a yes %.2f", no, yes)
	}
}

func TestBaseIsAddedTo(t *testing.T) {
	gs := []Group{{Rows: [][]float64{{0}, {0}}, Good: []bool{true, false}, Base: []float64{5, -5}, Weight: 1}}
	f := Learn([]string{"x"}, gs, options)
	if s := f.Score([]float64{0}); math.Abs(s) > 0.1 {
		t.Errorf("nothing is left to learn, and the forest says %.2f", s)
	}
}

func TestPartsSumToTheScore(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	f := Learn([]string{"a", "b", "noise"}, exclusive(100, rng), options)
	mean := 0.0
	for i := range f.Trees {
		mean += f.Trees[i].mean(0)
	}
	for _, g := range exclusive(20, rng) {
		for _, r := range g.Rows {
			sum := mean
			for _, p := range f.Parts(r) {
				sum += p
			}
			if math.Abs(sum-f.Score(r)) > 1e-9 {
				t.Fatalf("parts sum to %.6f, score is %.6f", sum, f.Score(r))
			}
		}
	}
}

func TestStoredForestScoresAlike(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	f := Learn([]string{"a", "b", "noise"}, exclusive(50, rng), options)
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var g Forest
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	turned, err := g.Over([]string{"more", "noise", "b", "a"})
	if err != nil {
		t.Fatal(err)
	}
	for _, gr := range exclusive(20, rng) {
		for _, r := range gr.Rows {
			if s := turned.Score([]float64{99, r[2], r[1], r[0]}); f.Score(r) != g.Score(r) || s != f.Score(r) {
				t.Fatalf("learned %.6f, stored %.6f, over other rows %.6f", f.Score(r), g.Score(r), s)
			}
		}
	}
}

func TestOver(t *testing.T) {
	good := Tree{Feature: []int{0}, Bound: []float64{1}, Left: []int{-1}, Right: []int{-2}, Value: []float64{1, 2}}
	loop, far, short, strange := good, good, good, good
	loop.Left = []int{0}
	far.Right = []int{-3}
	short.Value = []float64{1}
	strange.Feature = []int{1}
	for name, c := range map[string]struct {
		f  Forest
		ok bool
	}{
		"sound":           {Forest{[]string{"x"}, []Tree{good}}, true},
		"other feature":   {Forest{[]string{"y"}, []Tree{good}}, false},
		"a loop":          {Forest{[]string{"x"}, []Tree{loop}}, false},
		"a missing leaf":  {Forest{[]string{"x"}, []Tree{far}}, false},
		"a lost value":    {Forest{[]string{"x"}, []Tree{short}}, false},
		"unknown feature": {Forest{[]string{"x"}, []Tree{strange}}, false},
	} {
		if _, err := c.f.Over([]string{"x"}); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRises has more of a feature never lower a score, though it does in what is
// learned from, and other features still tell.
func TestRises(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	var groups []Group
	for range 4000 {
		x, y := rng.Float64(), rng.Float64()
		yes := (x > 0.3 && x < 0.7) != (y > 0.8)
		groups = append(groups, Group{Rows: [][]float64{{x, y}}, Good: []bool{yes}, Weight: 1})
	}
	o := Options{Trees: 40, Leaves: 8, Rate: 0.2, Lambda: 1, Least: 20}
	falls := func(o Options) (n int) {
		f := Learn([]string{"x", "y"}, groups, o)
		for y := 0.05; y < 1; y += 0.1 {
			last := math.Inf(-1)
			for x := 0.005; x < 1; x += 0.01 {
				v := f.Score([]float64{x, y})
				if v < last-1e-9 {
					n++
				}
				last = v
			}
		}
		return n
	}
	if falls(o) == 0 {
		t.Fatal("scores rise without being told to")
	}
	o.Rises = []int{1}
	if n := falls(o); n > 0 {
		t.Errorf("a score falls %d times where it may not", n)
	}
	f := Learn([]string{"x", "y"}, groups, o)
	if low, high := f.Score([]float64{0.5, 0.5}), f.Score([]float64{0.5, 0.9}); low <= high {
		t.Errorf("the other feature tells nothing: %v, %v", low, high)
	}
}
