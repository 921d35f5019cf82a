package rank

// spanSize is the number of weights of the span model. A feature is a hash of
// what it says, modulo spanSize (Weinberger and others, 2009): rare features
// may share a weight.
const spanSize = 1 << 17

// feature names a feature by its number and what it is of.
func feature(number, a, b, c uint32) uint32 {
	h := number*0x9E3779B1 ^ 0x85EBCA6B
	for _, v := range [...]uint32{a, b, c} {
		h = (h ^ v) * 0xCC9E2D51
		h ^= h >> 15
	}
	h *= 0x1B873593
	return (h ^ h>>13) % spanSize
}

// bucket tells small counts apart, and great ones by order.
func bucket(n int) uint32 {
	switch {
	case n <= 5:
		return uint32(max(n, 0))
	case n <= 7:
		return 6
	case n <= 10:
		return 7
	case n <= 15:
		return 8
	case n <= 25:
		return 9
	case n <= 45:
		return 10
	}
	return 11
}

// edge is what stands beside a text.
var edge = spanWord{word: 1, tag: 1, level: stops}

func (t *spanText) at(i int) *spanWord {
	if i < 0 || i >= len(t.words) {
		return &edge
	}
	return &t.words[i]
}

// askedState tells how a word belongs to the question.
func (w *spanWord) askedState() uint32 {
	switch {
	case w.concept > 0:
		return 2
	case w.loose:
		return 1
	}
	return 0
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// toAsked is how far the question's nearest word stands from i in a direction,
// as one number: words between, marks of a clause between, which word it is.
func (t *spanText) toAsked(a asking, i, step int) (dist, parted, which uint32) {
	n, cut := 0, 0
	for j := i + step; j >= 0 && j < len(t.words); j += step {
		w := &t.words[j]
		if w.level == stops {
			break
		}
		if w.level == clauses {
			cut++
		}
		if w.concept > 0 {
			switch w.word {
			case a.leftWord:
				which = 1
			case a.rightWord:
				which = 2
			case a.focus:
				which = 3
			}
			return bucket(n), uint32(min(cut, 3)), which
		}
		n++
	}
	return 15, 0, 4
}

// startFeatures tell what speaks for an answer beginning with word i.
func (t *spanText) startFeatures(a asking, i int, fs []uint32) []uint32 {
	w, p, pp := t.at(i), t.at(i-1), t.at(i-2)
	dist, parted, which := t.toAsked(a, i, -1)
	from, _ := t.clause(i, i, clauses)
	k := a.kind
	add := func(number, x, y, z uint32) { fs = append(fs, feature(number, x, y, z)) }
	add(1, p.word, 0, 0)
	add(2, p.word, k, 0)
	add(3, p.tag, k, 0)
	add(4, w.tag, k, 0)
	add(5, w.word, 0, 0)
	add(6, w.word, k, 0)
	add(7, p.tag, w.tag, 0)
	add(8, p.word, w.tag, 0)
	add(9, p.tag, w.tag, k)
	add(10, pp.word, p.word, 0)
	add(11, bit(p.word == a.left), k, 0)
	add(12, p.word, a.left, 0)
	add(13, p.askedState(), w.askedState(), k)
	add(14, dist, parted, k)
	add(15, dist, which, k)
	add(16, bucket(i-from), k, 0)
	add(17, bucket(i), k, 0)
	add(18, p.word, a.wh, 0)
	add(19, p.word, a.focus, 0)
	add(20, w.tag, a.focus, 0)
	add(21, w.tag, a.focusChar, 0)
	add(22, w.tag, a.wh, 0)
	add(23, t.share(from, i-1), k, 0)
	add(24, p.word, a.leftWord, 0)
	add(25, w.word, a.wh, 0)
	add(26, w.word, a.focus, 0)
	add(27, bit(p.concept > 0 && p.word == a.leftWord), bit(p.word == a.focus), k)
	add(28, pp.askedState(), p.word, k)
	add(29, pp.tag, p.tag, k)
	return fs
}

// endFeatures tell what speaks for an answer ending with word i.
func (t *spanText) endFeatures(a asking, i int, fs []uint32) []uint32 {
	w, n, nn := t.at(i), t.at(i+1), t.at(i+2)
	dist, parted, which := t.toAsked(a, i, 1)
	_, to := t.clause(i, i, clauses)
	k, last := a.kind, lastChar(w.text)
	add := func(number, x, y, z uint32) { fs = append(fs, feature(number, x, y, z)) }
	add(41, n.word, 0, 0)
	add(42, n.word, k, 0)
	add(43, n.tag, k, 0)
	add(44, w.tag, k, 0)
	add(45, w.word, 0, 0)
	add(46, w.word, k, 0)
	add(47, w.tag, n.tag, 0)
	add(48, w.tag, n.word, 0)
	add(49, w.tag, n.tag, k)
	add(50, n.word, nn.word, 0)
	add(51, bit(n.word == a.right), k, 0)
	add(52, n.word, a.right, 0)
	add(53, n.askedState(), w.askedState(), k)
	add(54, dist, parted, k)
	add(55, dist, which, k)
	add(56, bucket(to-i), k, 0)
	add(57, bucket(len(t.words)-i), k, 0)
	add(58, n.word, a.wh, 0)
	add(59, n.word, a.focus, 0)
	add(60, w.tag, a.focus, 0)
	add(61, w.tag, a.focusChar, 0)
	add(62, w.tag, a.wh, 0)
	add(63, t.share(i+1, to), k, 0)
	add(64, last, k, 0)
	add(65, last, a.focus, 0)
	add(66, w.word, a.wh, 0)
	add(67, w.word, a.focus, 0)
	add(68, bit(w.word == a.focus), bit(last == a.focusChar), k)
	add(69, bit(n.concept > 0 && n.word == a.rightWord), bit(n.word == a.focus), k)
	add(70, last, a.wh, 0)
	add(71, last, a.focusChar, 0)
	add(72, n.tag, nn.tag, k)
	return fs
}

// share is the part of the question's information in words [i, j], in eighths.
func (t *spanText) share(i, j int) uint32 {
	total := t.asked[len(t.words)]
	if j < i || total == 0 {
		return 0
	}
	v := (t.asked[j+1] - t.asked[i]) / total
	if v > 0 {
		return 1 + uint32(v*6)
	}
	return 0
}

// spanFeatures tell what speaks for words [i, j] as a whole.
func (t *spanText) spanFeatures(a asking, i, j int, fs []uint32) []uint32 {
	n, k := j-i+1, a.kind
	first, last, p, next := t.at(i), t.at(j), t.at(i-1), t.at(j+1)
	verbs, level, asked, focus := 0, 0, 0, false
	tags := uint32(17)
	for m := i; m <= j; m++ {
		w := &t.words[m]
		if w.verb {
			verbs++
		}
		if w.concept > 0 {
			asked++
		}
		level = max(level, w.level)
		focus = focus || w.word == a.focus
		if n <= 4 {
			tags = (tags ^ w.tag) * 16777619
		}
	}
	if n > 4 {
		tags = (first.tag*31+last.tag)*31 + bucket(n)
	}
	from, to := t.clause(i, j, clauses)
	kind := t.kinds[[2]int{i, j}]
	aligned := uint32(2)
	if t.aligned != nil {
		aligned = uint32(1 + t.aligned[i])
	}
	both := bit(p.level >= clauses) | bit(next.level >= clauses)<<1 | bit(p.level >= stops)<<2 | bit(next.level >= stops)<<3
	size := bucket(n)
	add := func(number, x, y, z uint32) { fs = append(fs, feature(number, x, y, z)) }
	add(81, size, k, 0)
	add(82, size, a.wh, 0)
	add(83, size, a.focus, 0)
	add(84, bucket((last.end-first.start)/3), k, 0)
	add(85, t.share(i, j), k, 0)
	add(86, t.share(from, to)-t.share(i, j), k, 0)
	add(87, tags, k, 0)
	add(88, tags, a.wh, 0)
	add(89, kind, k, 0)
	add(90, kind, a.wh, 0)
	add(91, kind, a.focus, 0)
	add(92, uint32(level), k, size)
	add(93, p.word, next.word, 0)
	add(94, p.tag, next.tag, k)
	add(95, both, k, size)
	add(96, both, a.wh, uint32(level))
	add(97, first.tag, last.tag, k)
	add(98, bucket(verbs), size, k)
	add(99, p.askedState(), next.askedState(), k)
	add(100, bit(focus), k, 0)
	add(101, aligned, k, 0)
	add(102, bucket(asked), size, k)
	add(103, tags, a.focus, 0)
	add(104, t.nearest(i, j), k, 0)
	add(105, t.nearest(i, j), k, size)
	return fs
}
