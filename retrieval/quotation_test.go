package retrieval

import (
	"strings"
	"testing"

	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

const printed = "企业通过单一窗口一次性递交相关信息,有效降低了企业通关成本。"

func TestQuotationExact(t *testing.T) {
	l := SharedLibrary(t)
	for name, c := range map[string]struct{ pasted, quote, notes string }{
		"as printed":             {printed, printed, "35"},
		"full-width punctuation": {"企业通过单一窗口一次性递交相关信息，有效降低了企业通关成本。", printed, "35"},
		"no stop and blanks":     {"  企业通过单一窗口一次性递交相关信息, 有效降低了企业通关成本", printed, "35"},
		"traditional":            {"企業通過單一窗口一次性遞交相關信息，有效降低了企業通關成本。", printed, "35"},
		"part of a sentence":     {"一次性递交相关信息,有效降低了企业", printed, "35"},
		"two sentences": {"投资方面,上海自贸区基本形成了以负面清单为核心的管理制度。借鉴国际规则,出台外商投资负面清单,抓紧展开统一的市场准入负面清单试点。",
			"投资方面,上海自贸区基本形成了以负面清单为核心的管理制度。借鉴国际规则,出台外商投资负面清单,抓紧展开统一的市场准入负面清单试点。", "35"},
		"with its marker": {"2016年9月29日,科技部、国家林业局联合印发《主要林木育种科技创新规划(2016—2025)》。[15]",
			"2016年9月29日,科技部、国家林业局联合印发《主要林木育种科技创新规划(2016—2025)》。", "15"},
		"without its marker": {"2015年2月25日，上海市政府印发《上海市2015—2017年环境保护和建设三年行动计划的通知》，坚持问题导向、民生优先",
			"2015年2月25日,上海市政府印发《上海市2015—2017年环境保护和建设三年行动计划的通知》[43],坚持问题导向、民生优先,注重环境质量和环境安全,强化大气、水等重点领域污染治理,加快完善城市生态网络格局,保障城市安全。", "43"},
		"a document number in it": {"2016年2月23日,国务院印发了《关于哈长城市群发展规划的批复》(国函〔2016〕43号)",
			"2016年2月23日,国务院印发了《关于哈长城市群发展规划的批复》(国函〔2016〕43号);", ""},
		"words that ask elsewhere": {"服务国家科技创新战略大局,各部门结合发展实际制定相应的配套规划。", "服务国家科技创新战略大局,各部门结合发展实际制定相应的配套规划。", "14"},
	} {
		a := ask(t, l, c.pasted)
		if a.Kind != KindQuotation || a.Quotation == nil || !a.Quotation.Exact || a.Quotation.Diff != nil || !a.Found || a.Confidence != 1 {
			t.Errorf("%s: kind %d, %+v, found %v, %g", name, a.Kind, a.Quotation, a.Found, a.Confidence)
			continue
		}
		if len(a.Hits) != 1 || a.Hits[0].Quote != c.quote || labels(a) != c.notes {
			t.Errorf("%s: quote %q with notes %q", name, a.Hits[0].Quote, labels(a))
		}
	}
}

// TestQuotationOfEverySentence finds every sentence of the report that is long
// enough, as printed.
func TestQuotationOfEverySentence(t *testing.T) {
	l := SharedLibrary(t)
	n := 0
	for _, d := range l.everyDoc() {
		for _, u := range d.Paragraph.Units {
			text := d.Paragraph.Text[u.Start:u.End]
			if len([]rune(strip(text).text)) < leastQuotation {
				continue
			}
			n++
			a := ask(t, l, text)
			if a.Kind != KindQuotation || !a.Quotation.Exact || a.Hits[0].Quote != text || a.Hits[0].PassageID != d.Paragraph.ID {
				t.Errorf("%s: kind %d, %+v", text, a.Kind, a.Quotation)
			}
		}
		if a := ask(t, l, d.Paragraph.Text); len(d.Units) > 1 && (a.Kind != KindQuotation || !a.Quotation.Exact) {
			t.Errorf("paragraph %d pasted whole is of kind %d", d.Paragraph.Index, a.Kind)
		}
	}
	if n < 250 {
		t.Errorf("only %d sentences were pasted", n)
	}
}

// marked writes a difference on one line: -printed+ +pasted+.
func marked(diff []Segment) string {
	var b strings.Builder
	for _, s := range diff {
		switch s.Op {
		case Same:
			b.WriteString(s.Text)
		case Printed:
			b.WriteString("-" + s.Text + "-")
		case Pasted:
			b.WriteString("+" + s.Text + "+")
		}
	}
	return b.String()
}

func TestQuotationNearly(t *testing.T) {
	l := SharedLibrary(t)
	for name, c := range map[string]struct{ pasted, want string }{
		"two characters changed": {"企业通过单独窗口一次性递交相关信息,有效降低了企业报关成本。", "企业通过单-一-+独+窗口一次性递交相关信息,有效降低了企业-通-+报+关成本。"},
		"one missing":            {"企业通过单一窗口次性递交相关信息,有效降低了企业通关成本。", "企业通过单一窗口-一-次性递交相关信息,有效降低了企业通关成本。"},
		"one too many":           {"企业通过单一窗口一次性递交了相关信息,有效降低了企业通关成本。", "企业通过单一窗口一次性递交+了+相关信息,有效降低了企业通关成本。"},
		"other width as well":    {"企业通过单独窗口一次性递交相关信息，有效降低了企业通关成本。", "企业通过单-一-+独+窗口一次性递交相关信息,有效降低了企业通关成本。"},
		"a number changed and a marker pasted": {"2016年9月28日,科技部、国家林业局联合印发《主要林木育种科技创新规划(2016—2025)》。[15]",
			"2016年9月2-9-+8+日,科技部、国家林业局联合印发《主要林木育种科技创新规划(2016—2025)》。"},
	} {
		a := ask(t, l, c.pasted)
		if a.Kind != KindQuotation || a.Quotation == nil || a.Quotation.Exact || !a.Found || a.Confidence >= 1 || a.Confidence < nearShare {
			t.Errorf("%s: kind %d, %+v, found %v, %g", name, a.Kind, a.Quotation, a.Found, a.Confidence)
			continue
		}
		if got := marked(a.Quotation.Diff); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// TestQuotationOfEveryParagraph changes each paragraph in three places: the
// difference must give both texts back.
func TestQuotationOfEveryParagraph(t *testing.T) {
	l := SharedLibrary(t)
	for _, d := range l.everyDoc() {
		rs := []rune(d.Paragraph.Text)
		if len(rs) < 60 {
			continue
		}
		rs[len(rs)/4], rs[len(rs)/2] = '龘', '靐'
		rs = append(rs[:len(rs)*3/4], rs[len(rs)*3/4+1:]...)
		pasted := string(rs)
		a := ask(t, l, pasted)
		if a.Kind != KindQuotation || a.Quotation.Exact || a.Hits[0].PassageID != d.Paragraph.ID {
			t.Errorf("paragraph %d, changed: kind %d, %+v", d.Paragraph.Index, a.Kind, a.Quotation)
			continue
		}
		var left, right strings.Builder
		for _, s := range a.Quotation.Diff {
			if s.Op != Pasted {
				left.WriteString(s.Text)
			}
			if s.Op != Printed {
				right.WriteString(s.Text)
			}
		}
		if left.String() != Unmarked(a.Hits[0].Quote) {
			t.Errorf("paragraph %d: the report's side is %q, the quote %q", d.Paragraph.Index, left.String(), a.Hits[0].Quote)
		}
		if zh.FoldText(right.String()) != zh.FoldText(Unmarked(pasted)) {
			t.Errorf("paragraph %d: the pasted side is %q, of %q", d.Paragraph.Index, right.String(), pasted)
		}
	}
}

// TestNoQuotation leaves to ranking what asks, what is short and what stands
// in no report.
func TestNoQuotation(t *testing.T) {
	for _, text := range []string{
		"企业通过什么窗口一次性递交相关信息,有效降低了企业通关成本?",
		"企业通过单一窗口一次性递交相关信息,降低了企业通关成本多少",
		"降低了企业通关成本",
		"江滨港的船闸在去年夏天完成了第二期扩建并且投入试运行。",
		"The single window lowered the cost of customs clearance for companies.",
		"120.72 5.95 2016 2015 134 105 31 78.5 31.7 6331 3.93",
	} {
		if a := ask(t, SharedLibrary(t), text); a.Kind == KindQuotation {
			t.Errorf("%s is taken for a quotation: %+v", text, a.Quotation)
		}
	}
}

// TestAsks tells a question from a sentence that uses a question's words.
func TestAsks(t *testing.T) {
	const text = "问题在于如何推进改革,以及几个部门能否协同。"
	for pasted, want := range map[string]bool{
		text: false, "问题在于如何推进改革,以及几个部门是不是协同": true, "问题在于如何推进改革": false,
		"问题在于什么": true, "问题在于如何推进改革?": true, "哪几个部门能否协同": true,
	} {
		if got := asks(pasted, text); got != want {
			t.Errorf("%q asks of %q: %v", pasted, text, got)
		}
	}
}

// TestStrip leads every byte of the stripped text back to the source.
func TestStrip(t *testing.T) {
	for _, d := range SharedLibrary(t).everyDoc() {
		text := d.Paragraph.Text
		s := strip(text)
		if len(s.at) != len(s.text) || len(s.ends) != len(s.text) {
			t.Fatalf("%d bytes with %d starts and %d ends", len(s.text), len(s.at), len(s.ends))
		}
		marks := report.ScanMarkers(text)
		for i := range s.at {
			if s.at[i] >= s.ends[i] || s.ends[i] > len(text) || i > 0 && s.at[i] < s.at[i-1] || within(marks, s.at[i]) {
				t.Fatalf("byte %d of %q comes from %d to %d", i, s.text, s.at[i], s.ends[i])
			}
		}
	}
}
