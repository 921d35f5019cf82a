package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// labels are a quote's footnotes as Cover tells them, those printed within the
// quote with a "+".
func labels(p *Paragraph, q Span, h Habit) []string {
	out := []string{}
	p.Habit = h
	marks, inside := p.Cover(q)
	for i, m := range marks {
		if inside[i] {
			m.Label = "+" + m.Label
		}
		out = append(out, m.Label)
	}
	return out
}

// find is the span of quote in a paragraph.
func find(t *testing.T, p *Paragraph, quote string) Span {
	t.Helper()
	i := strings.Index(p.Text, quote)
	if i < 0 {
		t.Fatalf("%q is not in %q", quote, p.Text)
	}
	return Span{i, i + len(quote)}
}

func TestCover(t *testing.T) {
	for _, c := range []struct{ text, quote, run, word string }{
		// the design's own example
		{"甲市通车。[19]乙市停航。丙市清淤。[20]", "甲市通车。[19]乙市停航。", "+19 20", "+19"},
		{"甲市通车。[19]乙市停航。丙市清淤。[20]", "甲市通车。", "19", "19"},
		{"甲市通车。[19]乙市停航。丙市清淤。[20]", "乙市停航。", "20", ""},
		{"甲市通车。[19]乙市停航。丙市清淤。[20]", "乙市停航。丙市清淤。", "20", "20"},
		{"甲市通车。[19]乙市停航。丙市清淤。[20]", "甲市通车。[19]乙市停航。丙市清淤。[20]", "+19 +20", "+19 +20"},
		// text behind the last marker has none
		{"甲市通车。[19]乙市停航。", "乙市停航。", "", ""},
		{"甲市通车。[19]乙市停航。", "甲市通车。[19]乙市停航。", "+19", "+19"},
		// a marker in a sentence is that sentence's alone
		{"甲市通车。据《条例》[7],乙市停航。丙市清淤。[8]", "甲市通车。", "", ""},
		{"甲市通车。据《条例》[7],乙市停航。丙市清淤。[8]", "据《条例》[7],乙市停航。", "+7", "+7"},
		{"甲市通车。据《条例》[7],乙市停航。丙市清淤。[8]", "丙市清淤。", "8", "8"},
		{"甲市通车。据《条例》[7],乙市停航。丙市清淤。[8]", "甲市通车。据《条例》[7],乙市停航。", "+7", "+7"},
		// several in a row
		{"甲市通车。乙市停航。[3][4]丙市清淤。", "甲市通车。", "3 4", ""},
		{"甲市通车。乙市停航。[3][4]丙市清淤。", "乙市停航。", "3 4", "3 4"},
		{"甲市通车。乙市停航。[3] [4] 丙市清淤。", "乙市停航。", "3 4", "3 4"},
		{"甲市通车。乙市停航。 [3] 丙市清淤。", "丙市清淤。", "", ""},
		// at the paragraph's end, with and without a stop
		{"甲市通车。乙市称“全线贯通”[30]", "甲市通车。", "30", ""},
		{"甲市通车。乙市称“全线贯通”[30]", "乙市称“全线贯通”", "30", "30"},
		{"甲市通车。乙市停航[30]。", "甲市通车。", "30", ""},
		{"甲市通车。(乙市已经停航[30]。)", "甲市通车。", "30", ""},
		// behind a clause
		{"甲市的地铁已经全线通车;[5]乙市的轮渡因为大雾停航。[6]", "甲市的地铁已经全线通车;", "5", "5"},
		{"甲市的地铁已经全线通车;[5]乙市的轮渡因为大雾停航。[6]", "乙市的轮渡因为大雾停航。", "6", "6"},
		{"甲市的地铁已经全线通车;乙市的轮渡因为大雾停航。[6]", "甲市的地铁已经全线通车;", "6", ""},
		{"前年修了路。甲市的地铁已经全线通车;[5]乙市的轮渡因为大雾停航。[6]", "前年修了路。", "5", ""},
		// document numbers are no markers
		{"甲市发改〔15〕7号文。乙市停航。", "甲市发改〔15〕7号文。", "", ""},
	} {
		p := parse(t, "开头。\n"+c.text).Paragraphs[1]
		q := find(t, &p, c.quote)
		if got := strings.Join(labels(&p, q, RunHabit), " "); got != c.run {
			t.Errorf("%s: %s has {%s} by the run habit, want {%s}", c.text, c.quote, got, c.run)
		}
		if got := strings.Join(labels(&p, q, WordHabit), " "); got != c.word {
			t.Errorf("%s: %s has {%s} by the word habit, want {%s}", c.text, c.quote, got, c.word)
		}
	}
}

func TestRunOf(t *testing.T) {
	const text = "甲市通车。乙市停航。[1]丙市清淤。据《条例》[2],丁市限行。戊市建港。己市修闸。[3][4]庚市未报。"
	p := parse(t, "开头。\n"+text).Paragraphs[1]
	for i, want := range []struct{ run, word string }{
		{"甲市通车。乙市停航。", "乙市停航。"},
		{"据《条例》[2],丁市限行。", "据《条例》[2],丁市限行。"},
		{"戊市建港。己市修闸。", "己市修闸。"},
		{"戊市建港。己市修闸。", "己市修闸。"},
	} {
		run := p.RunOf(i)
		p.Habit = WordHabit
		word := p.RunOf(i)
		p.Habit = RunHabit
		if got := p.Text[run.Start:run.End]; got != want.run {
			t.Errorf("[%s] covers %q by the run habit, want %q", p.Markers[i].Label, got, want.run)
		}
		if got := p.Text[word.Start:word.End]; got != want.word {
			t.Errorf("[%s] covers %q by the word habit, want %q", p.Markers[i].Label, got, want.word)
		}
	}
	for _, text := range []string{"甲市的地铁已经全线通车;乙市的轮渡按《条例》[9]停航一天。", "乙市的轮渡按《条例》[9]停航一天;甲市的地铁已经全线通车。"} {
		p := parse(t, "开头。\n"+text).Paragraphs[1]
		if s := p.RunOf(0); s != (Span{0, len(text)}) {
			t.Errorf("a marker in a clause covers %q, want the whole sentence", text[s.Start:s.End])
		}
	}
}

// TestHabits reads one report of each habit, both with notes at their end.
func TestHabits(t *testing.T) {
	sources, glossary := readTestdata(t, "sources.txt"), readTestdata(t, "glossary.txt")
	for _, c := range []struct {
		r           *Report
		habit       Habit
		quote, want string
		label, note string
	}{
		{sources, RunHabit, "江滨港2019年完成货物吞吐量4520.6万吨,同比增长6.3%。", "1", "1", "江滨港务集团:《2019年生产统计》,第4页。"},
		{sources, RunHabit, "当年新增泊位12个,最大的可停靠5万吨级海轮。", "2 3", "3", "实地调查,2020年1月。"},
		{sources, RunHabit, "一期投入3.2亿元,二期投入5.7亿元。", "4", "4", "省航道局:《疏浚工程决算》,2019年。"},
		{sources, RunHabit, "沿江居民对噪声多有意见。", "", "", ""},
		{sources, RunHabit, "扩建后年通过能力达到1.1亿吨。", "6", "6", "《江滨日报》2019年11月3日第2版。"},
		{sources, RunHabit, "岸电的价格由市发展改革委核定,见江发改价格[2020]15号。", "", "", ""},
		{glossary, WordHabit, "村里最早的契约写于道光年间。", "", "", ""},
		{glossary, WordHabit, "逢年过节家家要做米粿[3],用的是当年的晚米。", "+3", "3", "米粿:米粉做的糕,可甜可咸。"},
		{glossary, WordHabit, "拜过之后才能开榨。", "+7", "7", "行尊:一行里的祖师。"},
		{glossary, WordHabit, "油饼拿去肥田。", "8", "8", "油饼:榨油后剩下的渣。"},
	} {
		i := slices.IndexFunc(c.r.Paragraphs, func(p Paragraph) bool { return strings.Contains(p.Text, c.quote) })
		if i < 0 {
			t.Fatalf("%s lacks %q", c.r.ID, c.quote)
		}
		p := &c.r.Paragraphs[i]
		if p.Habit != c.habit {
			t.Fatalf("%s has habit %d, want %d", c.r.ID, p.Habit, c.habit)
		}
		if got := strings.Join(labels(p, unitOf(t, p, c.quote), p.Habit), " "); got != c.want {
			t.Errorf("%s: %s has {%s}, want {%s}", c.r.ID, c.quote, got, c.want)
		}
		if got := noteText(c.r, c.label); got != c.note {
			t.Errorf("%s: note %s is %q, want %q", c.r.ID, c.label, got, c.note)
		}
	}
}

// unitOf is the span of the unit that holds quote.
func unitOf(t *testing.T, p *Paragraph, quote string) Span {
	t.Helper()
	s := find(t, p, quote)
	for _, u := range p.Units {
		if u.Start <= s.Start && s.End <= u.End {
			return u.Span
		}
	}
	t.Fatalf("no unit of %q holds %q", p.Text, quote)
	return Span{}
}

var (
	ruleMarker  = regexp.MustCompile(`\[([0-9]{1,2})\]`)
	ruleRow     = regexp.MustCompile(`^(?:\[[0-9]{1,2}\])+`)
	ruleNext    = regexp.MustCompile(`^(.*?)((?:\[[0-9]{1,2}\])+)(.*)$`)
	ruleStopped = regexp.MustCompile(`[。！？；;][”’》）)]*$`)
)

// ruleCover is the design's rule for one unit, by regular expressions over the
// paragraph as printed, apart from the code under test.
func ruleCover(text string, u Span) []string {
	numbers := func(s string) (out []string) {
		for _, m := range ruleMarker.FindAllStringSubmatch(s, -1) {
			out = append(out, m[1])
		}
		return out
	}
	if own := numbers(text[u.Start:u.End] + ruleRow.FindString(text[u.End:])); own != nil {
		return own
	}
	next := ruleNext.FindStringSubmatch(text[u.End:])
	if next == nil {
		return nil
	}
	if next[3] == "" || ruleStopped.MatchString(text[:u.End]+next[1]) {
		return numbers(next[2])
	}
	return nil
}

// TestShippedCover compares every run of up to four units of the shipped
// report with the union of what the rule says of each unit.
func TestShippedCover(t *testing.T) {
	r := shipped(t)
	covered := 0
	for _, p := range r.Passages() {
		for first := range p.Units {
			var want []string
			for last := first; last < min(len(p.Units), first+4); last++ {
				for _, l := range ruleCover(p.Text, p.Units[last].Span) {
					if !slices.Contains(want, l) {
						want = append(want, l)
					}
				}
				q := Span{p.Units[first].Start, p.Units[last].End}
				marks, inside := p.Cover(q)
				var got []string
				for i, m := range marks {
					got = append(got, m.Label)
					if printed := strings.Contains(p.Text[q.Start:q.End], "["+m.Label+"]"); printed != inside[i] {
						t.Errorf("paragraph %d, units %d to %d: [%s] inside is %v", p.Index, first, last, m.Label, inside[i])
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("paragraph %d, units %d to %d: %q, want %q", p.Index, first, last, got, want)
				}
				covered += len(got)
			}
		}
	}
	if covered < 400 {
		t.Errorf("only %d footnotes were compared", covered)
	}
}

// TestShippedCoverByHand pins the rule where it is easily got wrong.
func TestShippedCoverByHand(t *testing.T) {
	r := shipped(t)
	for index, want := range map[int]string{
		10: "| | |",                       // document numbers
		20: "8|8|8| | | |",                // text behind the last marker
		37: "14|14|15|16|",                // one run after another
		43: "19|19|19|19|20|20",           //
		50: "31|31|31|31|31|31|31|32|32|", // clauses are of their sentence's run
		64: "38|38|38|38|",                //
		72: "|43| |44| |45| |",            // inside their sentences
		80: "49|49|50",                    //
	} {
		var got []string
		p := &r.Paragraphs[index]
		for _, u := range p.Units {
			got = append(got, strings.Join(ruleLess(labels(p, u.Span, p.Habit)), " "))
		}
		if g, w := strings.Join(got, "|"), strings.ReplaceAll(want, " ", ""); g != w {
			t.Errorf("paragraph %d: %s, want %s", index, g, w)
		}
	}
}

// ruleLess drops the sign of those inside.
func ruleLess(labels []string) []string {
	for i := range labels {
		labels[i] = strings.TrimPrefix(labels[i], "+")
	}
	return labels
}

// noteText is the text of the first note with this label.
func noteText(r *Report, label string) string {
	for _, n := range r.Notes {
		if n.Label == label {
			return n.Text
		}
	}
	return ""
}
