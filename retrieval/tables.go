package retrieval

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"chuchu/retrieval/index"
	"chuchu/retrieval/shelf"
)

// tables are what look-ups need of all reports. Each is read from the packs at
// the first look-up that needs it.
type tables struct {
	l *Library

	marksOnce sync.Once
	markAll   []markPlace
	byLabel   map[string][]int32
	firstMark []int // of each report, and the end

	worksOnce sync.Once
	workAll   *workTable

	keysOnce sync.Once
	keys     []*shelf.Keys
	own      map[string]int // ordinals of passages that have ids of their own
	byID     map[string]int // reports
}

// markPlace is where a marker stands.
type markPlace struct {
	report int // its place among the reports
	shelf.Mark
}

// marks are all markers, in order.
func (t *tables) marks() []markPlace {
	t.marksOnce.Do(func() {
		t.byLabel = map[string][]int32{}
		for i, r := range t.l.reports {
			t.firstMark = append(t.firstMark, len(t.markAll))
			marks, err := r.pack.Marks(r.Place)
			if err != nil {
				t.l.spoil()
				continue
			}
			for k, m := range marks {
				if k > 0 && slices.Equal(m.Section, marks[k-1].Section) {
					m.Section = marks[k-1].Section // one copy of each
				}
				marks[k] = m
				t.byLabel[m.Label] = append(t.byLabel[m.Label], int32(len(t.markAll)))
				t.markAll = append(t.markAll, markPlace{i, m})
			}
		}
		t.firstMark = append(t.firstMark, len(t.markAll))
	})
	return t.markAll
}

// labelled are the markers of some labels.
func (t *tables) labelled(labels []string) []markPlace {
	all := t.marks()
	var at []int32
	for _, label := range labels {
		at = append(at, t.byLabel[label]...)
	}
	slices.Sort(at)
	out := make([]markPlace, len(at))
	for i, n := range at {
		out[i] = all[n]
	}
	return out
}

// markedIn are the markers of a section, or of one paragraph of it.
func (t *tables) markedIn(s section, paragraph int) []markPlace {
	all := t.marks()
	var out []markPlace
	for i := t.firstMark[s.report]; i < t.firstMark[s.report+1]; i++ {
		m := &all[i]
		if s.holds(m) && (paragraph < 0 || t.l.paragraph(m.report, int(m.Passage)) == paragraph) {
			out = append(out, *m)
		}
	}
	return out
}

// works are all works that are named.
func (t *tables) works() *workTable {
	t.worksOnce.Do(func() {
		var places []workPlace
		for i, r := range t.l.reports {
			works, err := r.pack.Works(r.Place)
			if err != nil {
				t.l.spoil()
				continue
			}
			for _, w := range works {
				places = append(places, workPlace{i, t.l.ord(i, int(w.Passage)), int(w.Unit), w.Title, w.Base, w.Number, w.Printed})
			}
		}
		t.workAll = newWorkTable(places, t.l.pairs)
	})
	return t.workAll
}

// keysOf are what the passages of a report are told by.
func (t *tables) keysOf(at int) *shelf.Keys {
	t.keysOnce.Do(func() {
		t.own, t.byID = map[string]int{}, map[string]int{}
		for i, r := range t.l.reports {
			t.byID[r.ID] = i
			k, err := r.pack.Keys(r.Place)
			if err != nil {
				t.l.spoil()
				k = &shelf.Keys{}
			}
			k.Texts = nil
			for n, id := range k.IDs {
				t.own[id] = t.l.ord(i, n)
			}
			t.keys = append(t.keys, k)
		}
	})
	if at < 0 || at >= len(t.keys) {
		return &shelf.Keys{}
	}
	return t.keys[at]
}

// ord is the ordinal of the n-th passage of a report.
func (l *Library) ord(report, n int) int { return index.Ord(l.reports[report].Slot, n) }

// paragraph is the number of the n-th passage's paragraph.
func (l *Library) paragraph(report, n int) int {
	k := l.tables.keysOf(report)
	if n >= len(k.Paragraphs) {
		return -1
	}
	return int(k.Paragraphs[n])
}

// hasParagraph tells whether a paragraph of a report is a passage.
func (l *Library) hasParagraph(report, number int) bool {
	_, ok := slices.BinarySearch(l.tables.keysOf(report).Paragraphs, int32(number))
	return ok
}

// id is a passage's id.
func (l *Library) id(ord int) string {
	slot, n := index.SplitOrd(ord)
	at, ok := l.bySlot[slot]
	if !ok {
		return ""
	}
	return l.idOf(at, n)
}

func (l *Library) idOf(report, n int) string {
	k := l.tables.keysOf(report)
	switch {
	case n < len(k.IDs):
		return k.IDs[n]
	case n < len(k.Paragraphs):
		return l.reports[report].ID + "#p" + strconv.Itoa(int(k.Paragraphs[n]))
	}
	return ""
}

// find finds a passage by its id.
func (l *Library) find(id string) (ord int, ok bool) {
	l.tables.keysOf(-1)
	if ord, ok = l.tables.own[id]; ok {
		return ord, true
	}
	cut := strings.LastIndex(id, "#p")
	if cut < 0 {
		return 0, false
	}
	number, err := strconv.Atoi(id[cut+len("#p"):])
	at, ok := l.tables.byID[id[:cut]]
	if err != nil || !ok {
		return 0, false
	}
	k := l.tables.keysOf(at)
	n, ok := slices.BinarySearch(k.Paragraphs, int32(number))
	return l.ord(at, n), ok && len(k.IDs) == 0
}
