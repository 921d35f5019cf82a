package rank

import (
	"math"
	"testing"
)

func TestNearness(t *testing.T) {
	if nearness(0) != 1 || nearness(nearBytes) != 0.5 || nearness(1e9) > 0.001 {
		t.Errorf("nearness %v, %v, %v", nearness(0), nearness(nearBytes), nearness(1e9))
	}
}

// at is a place of one concept, so many bytes from the start of a passage.
func at(concept, start, length int) place { return place{concept, start, start + length} }

func TestTight(t *testing.T) {
	q := new(Query)
	for _, tt := range []struct {
		name   string
		places []place
		bytes  float64 // of the shortest stretch; below 0: there is none
	}{
		{"nothing", nil, -1},
		{"one concept", []place{at(0, 0, 6), at(0, 90, 6)}, -1},
		{"two side by side", []place{at(0, 0, 6), at(1, 6, 6)}, 12},
		{"the closer pair", []place{at(0, 0, 6), at(0, 300, 6), at(1, 330, 9)}, 39},
		{"all three", []place{at(0, 0, 6), at(1, 9, 6), at(2, 100, 6)}, 106},
		{"all three, the first again", []place{at(0, 0, 6), at(0, 80, 6), at(1, 9, 6), at(1, 60, 6), at(2, 100, 6)}, 46},
	} {
		want := 0.0
		if tt.bytes >= 0 {
			want = nearness(tt.bytes)
		}
		before := append([]place(nil), tt.places...)
		if got := q.tight(tt.places); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", tt.name, got, want)
		}
		for i := range before {
			if before[i] != tt.places[i] {
				t.Fatalf("%s: the places were moved", tt.name)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		places [][]int
		want   int
	}{
		{nil, 0},
		{[][]int{{4, 9}}, 0},
		{[][]int{{0, 50}, {20, 44}}, 7},
		{[][]int{{0}, {100}, {99}}, 2},
		{[][]int{{5}, {5}}, 1},
	} {
		if got := nearest(tt.places); got != tt.want {
			t.Errorf("nearest of %v is %d, want %d", tt.places, got, tt.want)
		}
	}
}

func TestNumbersStandAlone(t *testing.T) {
	for _, tt := range []struct {
		text, form string
		want       int
	}{
		{"2016年16家", "16", 1},
		{"116家", "16", 0},
		{"g20峰会", "g20", 1},
		{"wifi与wi", "wi", 1},
		{"茶园茶园", "茶园", 2},
		{"茶园", "", 0},
	} {
		n := 0
		for range occurrences(tt.text, tt.form) {
			n++
		}
		if n != tt.want {
			t.Errorf("%q stands %d times in %q, want %d", tt.form, n, tt.text, tt.want)
		}
	}
}

// TestAnswerNear tells the quantity beside the words asked from one far off,
// and from one of another measure.
func TestAnswerNear(t *testing.T) {
	r := newRanker(t, "图书馆有46家。", "图书馆位于江边的老城旧址,设在从前的茶叶仓库里,另有茶馆46家。", "图书馆高28米。")
	q := understand(t, r, "图书馆有多少家")
	var near []float64
	var typed []bool
	for ord := range 3 {
		d := r.doc(ord)
		has, n := q.answerNear(d, 0, q.match(d).units[0].places)
		typed, near = append(typed, has), append(near, n)
	}
	if !typed[0] || !typed[1] || typed[2] {
		t.Errorf("typed %v, want the measure asked for alone", typed)
	}
	if near[0] <= near[1] || near[1] <= 0 || near[2] != 0 {
		t.Errorf("near %v, want the closer first", near)
	}
	if has, n := understand(t, r, "图书馆为什么停业").answerNear(r.doc(0), 0, nil); has || n != 0 {
		t.Errorf("a reason is of no kind, and yet %v, %v", has, n)
	}
}
