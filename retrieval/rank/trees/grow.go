package trees

import (
	"math"
	"sync"
)

// leaf is a set of rows on its way to be split.
type leaf struct {
	rows   []int32
	g, h   float64
	split  split
	parent int // node whose child it is, -1 for the root
	right  bool

	least, most float64 // between which its value must lie
}

type split struct {
	gain    float64
	feature int
	bin     int     // rows with at most this bin go left
	middle  float64 // of the values of both sides
}

// value is what a leaf of these sums adds to a score.
func (l *leaf) value(g, h, lambda float64) float64 {
	return min(max(-g/(h+lambda), l.least), l.most)
}

// grow makes one tree, splitting the leaf that gains most, and returns the
// leaf of every row.
func (d *data) grow(o Options) (Tree, []int32) {
	lambda := o.Lambda * d.total / float64(max(1, len(d.groups)))
	rows := make([]int32, len(d.g))
	for i := range rows {
		rows[i] = int32(i)
	}
	leaves := []leaf{d.leaf(leaf{rows: rows, parent: -1, least: math.Inf(-1), most: math.Inf(1)}, lambda, o)}
	var t Tree
	for len(leaves) < o.Leaves {
		best := 0
		for i := range leaves {
			if leaves[i].split.gain > leaves[best].split.gain {
				best = i
			}
		}
		l := leaves[best]
		if l.split.gain <= 0 {
			break
		}
		node := len(t.Feature)
		t.Feature = append(t.Feature, l.split.feature)
		t.Bound = append(t.Bound, d.bounds[l.split.feature][l.split.bin])
		t.Left, t.Right = append(t.Left, 0), append(t.Right, 0)
		t.link(l, node)
		var left, right []int32
		col := d.bins[l.split.feature]
		for _, r := range l.rows {
			if int(col[r]) <= l.split.bin {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
		a, b := leaf{rows: left, parent: node, least: l.least, most: l.most}, leaf{rows: right, parent: node, right: true, least: l.least, most: l.most}
		switch o.rises(l.split.feature) { // so that no split below goes against this one
		case 1:
			a.most, b.least = l.split.middle, l.split.middle
		case -1:
			a.least, b.most = l.split.middle, l.split.middle
		}
		leaves[best] = d.leaf(a, lambda, o)
		leaves = append(leaves, d.leaf(b, lambda, o))
	}
	leafOf := make([]int32, len(d.g))
	for k, l := range leaves {
		t.link(l, ^k)
		t.Value = append(t.Value, l.value(l.g, l.h, lambda))
		for _, r := range l.rows {
			leafOf[r] = int32(k)
		}
	}
	return t, leafOf
}

// link hangs a node or leaf where l hung.
func (t *Tree) link(l leaf, to int) {
	switch {
	case l.parent < 0:
	case l.right:
		t.Right[l.parent] = to
	default:
		t.Left[l.parent] = to
	}
}

// leaf sums a leaf's rows and finds its best split.
func (d *data) leaf(l leaf, lambda float64, o Options) leaf {
	for _, r := range l.rows {
		l.g += d.g[r]
		l.h += d.h[r]
	}
	found := make([]split, len(d.bins))
	var wg sync.WaitGroup
	const workers = 2
	for w := range workers {
		wg.Go(func() {
			for f := w; f < len(d.bins); f += workers {
				found[f] = d.bestSplit(f, &l, lambda, o)
			}
		})
	}
	wg.Wait()
	for _, s := range found {
		if s.gain > l.split.gain {
			l.split = s
		}
	}
	return l
}

func (d *data) bestSplit(f int, l *leaf, lambda float64, o Options) split {
	var g, h [maxBins + 1]float64
	var n [maxBins + 1]int
	col := d.bins[f]
	for _, r := range l.rows {
		b := col[r]
		g[b] += d.g[r]
		h[b] += d.h[r]
		n[b]++
	}
	s := split{feature: f}
	gl, hl, nl := 0.0, 0.0, 0
	whole := l.g * l.g / (l.h + lambda)
	for b := range d.bounds[f] {
		gl += g[b]
		hl += h[b]
		nl += n[b]
		if nl < o.Least || len(l.rows)-nl < o.Least {
			continue
		}
		gr, hr := l.g-gl, l.h-hl
		gain := gl*gl/(hl+lambda) + gr*gr/(hr+lambda) - whole
		if gain <= s.gain+1e-12 {
			continue
		}
		vl, vr := l.value(gl, hl, lambda), l.value(gr, hr, lambda)
		if float64(o.rises(f))*(vr-vl) < 0 {
			continue
		}
		s.gain, s.bin, s.middle = gain, b, (vl+vr)/2
	}
	return s
}
