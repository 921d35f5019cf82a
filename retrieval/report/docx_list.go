package report

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	listLevels = 9
	// longestNumber is the length in characters of a list's number from which
	// it is left out: no list prints one.
	longestNumber = 40
)

// docxLevel says how one level of a list counts.
type docxLevel struct {
	format, text string // "chineseCounting", "第%1章"
	start        int
	restart      int    // the level, from 1, behind whose number it begins anew; 0: never; -1: any above
	style        string // whose paragraphs are of this level
	tight        bool   // nothing between number and text
	digits       bool   // the numbers of all levels are printed in digits
}

// docxList is a list's levels, and how far it has counted.
type docxList struct {
	levels [listLevels]docxLevel
	link   string // a style by whose list this one is meant
	counts [listLevels]int
	begun  [listLevels]bool
}

// docxNum is one use of a list.
type docxNum struct {
	list   string
	starts map[int]int // by level, where it has a start of its own
	levels map[int]docxLevel
	used   [listLevels]bool
}

// docxLists are a file's lists.
type docxLists struct {
	styles docxStyles
	lists  map[string]*docxList
	nums   map[string]*docxNum
}

func newDocxLists(styles docxStyles) *docxLists {
	return &docxLists{styles, map[string]*docxList{}, map[string]*docxNum{}}
}

// docxNumRef is what a paragraph or style says of its number.
type docxNumRef struct {
	num   string // the use of a list; empty: nothing is said
	level int    // from 0; -1: likewise
}

// noNumber says nothing.
var noNumber = docxNumRef{level: -1}

func (r *docxNumRef) setLevel(val string) {
	if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < listLevels {
		r.level = n
	}
}

// visitor fills the lists from numbering.xml.
func (l *docxLists) visitor() xmlVisitor {
	var list *docxList
	var num *docxNum
	var level *docxLevel
	at := 0
	return xmlVisitor{
		start: func(e xml.StartElement) bool {
			val := attribute(e, "val")
			switch e.Name.Local {
			case "abstractNum":
				list, num = newDocxList(), nil
				l.lists[attribute(e, "abstractNumId")] = list
			case "num":
				list, num = nil, &docxNum{starts: map[int]int{}, levels: map[int]docxLevel{}}
				l.nums[attribute(e, "numId")] = num
			case "abstractNumId":
				if num != nil {
					num.list = val
				}
			case "numStyleLink":
				if list != nil {
					list.link = val
				}
			case "lvl", "lvlOverride":
				n, err := strconv.Atoi(attribute(e, "ilvl"))
				if err != nil || n < 0 || n >= listLevels {
					return false
				}
				at = n
				if e.Name.Local == "lvl" {
					level = &docxLevel{start: 1, restart: -1}
				}
			case "startOverride":
				if n, err := strconv.Atoi(val); err == nil && num != nil {
					num.starts[at] = n
				}
			default:
				level.read(e.Name.Local, val, e)
			}
			return true
		},
		end: func(n xml.Name) {
			if n.Local != "lvl" || level == nil {
				return
			}
			switch {
			case list != nil:
				list.levels[at] = *level
			case num != nil:
				num.levels[at] = *level
			}
			level = nil
		},
	}
}

func newDocxList() *docxList {
	l := &docxList{}
	for i := range l.levels {
		l.levels[i] = docxLevel{format: "none", start: 1, restart: -1}
	}
	return l
}

// read takes what an element says of a level.
func (l *docxLevel) read(name, val string, e xml.StartElement) {
	if l == nil {
		return
	}
	n, err := strconv.Atoi(val)
	switch name {
	case "numFmt":
		l.format = val
	case "lvlText":
		if utf8.RuneCountInString(val) <= longestNumber {
			l.text = val
		}
	case "start":
		if err == nil {
			l.start = n
		}
	case "lvlRestart":
		if err == nil {
			l.restart = n
		}
	case "pStyle":
		l.style = val
	case "suff":
		l.tight = val == "nothing"
	case "isLgl":
		l.digits = on(e)
	}
}

// find is the use of a list of that id with the list; nil: the file lacks it.
func (l *docxLists) find(id string) (*docxNum, *docxList) {
	for range longestChain {
		num := l.nums[id]
		if num == nil {
			return nil, nil
		}
		list := l.lists[num.list]
		if list == nil || list.link == "" {
			return num, list
		}
		st := l.styles[list.link]
		if st == nil {
			return nil, nil
		}
		id = st.num.num
	}
	return nil, nil
}

// of tells what number a paragraph has by itself and its style.
func (l *docxLists) of(own docxNumRef, style string) docxNumRef {
	r, styled := own, -1
	for _, st := range l.styles.chain(style) {
		if r.num == "" {
			r.num = st.num.num
		}
		if styled < 0 {
			styled = st.num.level
		}
	}
	_, list := l.find(r.num)
	if list == nil || r.level >= 0 {
		return r
	}
	r.level = styled
	for _, st := range l.styles.chain(style) {
		if at := list.levelOf(st.id); at >= 0 {
			r.level = at
			break
		}
	}
	return r
}

// levelOf is the level whose number a style carries; -1: none.
func (l *docxList) levelOf(style string) int {
	for i, lv := range l.levels {
		if style != "" && lv.style == style {
			return i
		}
	}
	return -1
}

// next counts one on and prints the number, with what parts it from the text;
// a bullet is no number.
func (l *docxLists) next(r docxNumRef) (number, between string) {
	num, list := l.find(r.num)
	if list == nil {
		return "", ""
	}
	at := min(max(r.level, 0), listLevels-1)
	levels := list.levels
	for i, lv := range num.levels {
		levels[i] = lv
	}
	for i, start := range num.starts {
		levels[i].start = start
	}
	list.count(levels, at, num)
	lv := levels[at]
	if lv.format == "bullet" {
		return "", ""
	}
	number = oneLine(list.print(levels, lv))
	if last, _ := utf8.DecodeLastRuneInString(number); !lv.tight && number != "" && !strings.ContainsRune("、，。．）】〕：", last) {
		between = " "
	}
	return number, between
}

// print fills a level's text, "%1.%2", with the numbers counted.
func (l *docxList) print(levels [listLevels]docxLevel, lv docxLevel) string {
	var b strings.Builder
	for i := 0; i < len(lv.text); i++ {
		k := 0
		if lv.text[i] == '%' && i+1 < len(lv.text) {
			k = int(lv.text[i+1]) - '0'
		}
		if k < 1 || k > listLevels {
			b.WriteByte(lv.text[i])
			continue
		}
		format := levels[k-1].format
		if lv.digits && format != "none" {
			format = "decimal"
		}
		b.WriteString(formatNumber(format, l.counts[k-1]))
		i++
	}
	return b.String()
}

// count counts a level one on; those below it begin anew.
func (l *docxList) count(levels [listLevels]docxLevel, at int, num *docxNum) {
	_, anew := num.starts[at]
	if !l.begun[at] || anew && !num.used[at] {
		l.counts[at] = levels[at].start
	} else {
		l.counts[at]++
	}
	l.begun[at], num.used[at] = true, true
	for i := range at {
		if !l.begun[i] { // passed over, it is printed as if it had begun
			l.counts[i] = levels[i].start
		}
	}
	for i := at + 1; i < listLevels; i++ {
		if r := levels[i].restart; r < 0 || at < r {
			l.begun[i] = false
		}
	}
}
