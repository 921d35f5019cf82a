package zh

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// seedTexts mix what folding treats differently.
var seedTexts = []string{
	"", "a\x00b\xffc\xe4\xb8", "国发〔2016〕18号，二○一六年三月十五日。",
	"面積120.72平方公里，增長百分之五點九五；軟體與網路，1,200萬人。",
	"ＰＭ２．５　\r\n下降５．９５％……１.２万亿〜３千", "三百,四百，五百、3，400 1,200,30",
	"十三五 第二十七 五位一体 三个代表 两千零五十六万 三至五万", "百分之百分之百分之五分之三分之二",
	"1万万万2千3百十 一万一亿一千十百", "乾乾坤隆於是瞭解反覆蓋設計畫面投資訊息", "İſK ﬁ Ⅳ ㎡ km² ⽐ 𠮷々〇",
	"５点五亿 三点五亿倍 零点五% 5/百分之3", "第一二三 第一第二 第百分之五", "百分之2016万，○五",
	"a.b.1.2.3,4,555,666.7.8%‰/3/4",
}

func FuzzFold(f *testing.F) {
	for _, s := range seedTexts {
		f.Add(s)
	}
	f.Fuzz(checkFold)
}

// TestFoldHolds puts random texts of what folding treats differently to the
// same checks.
func TestFoldHolds(t *testing.T) {
	pieces := strings.Fields(`一 二 两 三 四 五 十 十 百 千 万 万 亿 亿 零 〇 ○ 第 点 分之 百分之 年 月 日 个 大 余 几 数 至 到
		1 2 3 0 12 200 2016 , , . . % ／ / - ～ ， 。 ２ ． a km m ² 米 乾 坤 隆 於 資 訊 網 路 投 息 計 畫 設 瞭 解 反 覆 蓋
		萬 億 兩 點 個 貳 周 五位一体 三国 十三陵 科 〔 】 “ 」 ⽐ ㎡ Ⅲ ① ⑴ 国 的 İ ſ 𠮷`)
	pieces = append(pieces, " ", "\u3000", "\n", "\x00", "\xff", "\u200b", "\xe4\xb8", "")
	random := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		var s strings.Builder
		for range 1 + random.IntN(14) {
			s.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkFold(t, s.String())
	}
}

func checkFold(t *testing.T, s string) {
	t.Helper()
	folded := Fold(s)
	if !utf8.ValidString(folded.Text) || strings.ContainsRune(folded.Text, 0) {
		t.Fatalf("Fold(%q) = %q: not clean", s, folded.Text)
	}
	if again := FoldText(folded.Text); again != folded.Text {
		t.Fatalf("Fold(%q) = %q, folded again %q", s, folded.Text, again)
	}
	checkOffsets(t, s, folded)
	for _, cut := range []func(string) []Token{Bigrams, Chars} {
		checkTokens(t, s, folded, cut(folded.Text))
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range seedTexts {
		f.Add(s)
	}
	seg := segmenter(f)
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		for _, text := range []string{folded.Text, s} {
			words := seg.Words(text)
			end := 0
			for _, w := range words {
				if w.Start < end {
					t.Fatalf("Words(%q): %v overlaps", text, w)
				}
				end = w.End
			}
			for i, w := range seg.Tag(text) {
				if i >= len(words) || w.Token != words[i] || w.Tag == "" {
					t.Fatalf("Tag(%q) differs from Words at %d: %v", text, i, w)
				}
			}
		}
		checkTokens(t, s, folded, seg.Search(folded.Text))
		checkTokens(t, s, folded, seg.Words(folded.Text))
	})
}

// checkOffsets holds the source ranges of all folded runes to be whole,
// within the source and in order, and Pos to be their inverse.
func checkOffsets(t *testing.T, s string, f Folded) {
	t.Helper()
	lastStart, lastEnd, whole := 0, 0, boundaries(s)
	for i, r := range f.Text {
		start, end := f.Source(i, i+utf8.RuneLen(r))
		if start < lastStart || end < lastEnd || start >= end || end > len(s) {
			t.Fatalf("Fold(%q): rune at %d comes from [%d,%d) behind [%d,%d)", s, i, start, end, lastStart, lastEnd)
		}
		if !whole[start] || !whole[end] {
			t.Fatalf("Fold(%q): rune at %d comes from [%d,%d), within a rune", s, i, start, end)
		}
		if pos := f.Pos(start); pos > i {
			t.Fatalf("Fold(%q): Pos(%d) = %d, behind %d", s, start, pos, i)
		}
		if start > lastStart && f.Pos(start) != i {
			t.Fatalf("Fold(%q): Pos(%d) = %d, want %d", s, start, f.Pos(start), i)
		}
		lastStart, lastEnd = start, end
	}
	if start, end := f.Source(0, len(f.Text)); start < 0 || end > len(s) || start > end {
		t.Fatalf("Fold(%q): the whole comes from [%d,%d)", s, start, end)
	}
	if pos := f.Pos(len(s)); pos != len(f.Text) {
		t.Fatalf("Fold(%q): Pos(end) = %d of %d", s, pos, len(f.Text))
	}
}

// boundaries marks where a source may be cut: a byte that is no valid UTF-8
// counts for a rune.
func boundaries(s string) []bool {
	ok := make([]bool, len(s)+1)
	for i := range s {
		ok[i] = true
	}
	ok[len(s)] = true
	return ok
}

// checkTokens holds tokens to be pieces of the folded text, sorted, their
// positions counting the starts, and their source ranges monotone.
func checkTokens(t *testing.T, s string, f Folded, tokens []Token) {
	t.Helper()
	pos, start, end, from, whole := 0, -1, 0, 0, boundaries(s)
	for i, tok := range tokens {
		if tok.Start >= tok.End || f.Text[tok.Start:tok.End] != tok.Text {
			t.Fatalf("%q: token %v is no piece of the text", f.Text, tok)
		}
		if tok.Start != start {
			pos++
		} else if tok.End <= end {
			t.Fatalf("%q: token %d %v out of order", f.Text, i, tok)
		}
		if tok.Start < start || tok.Pos != pos {
			t.Fatalf("%q: token %d %v out of order, want position %d", f.Text, i, tok, pos)
		}
		a, b := f.Source(tok.Start, tok.End)
		if a < from || a >= b || b > len(s) || !whole[a] || !whole[b] {
			t.Fatalf("%q: token %v comes from [%d,%d) of %q", f.Text, tok, a, b, s)
		}
		start, end, from = tok.Start, tok.End, a
	}
}
