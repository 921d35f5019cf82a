package zh

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var shared struct {
	once sync.Once
	seg  *Segmenter
	err  error
}

// segmenter gives one Segmenter to all tests that only read from it.
func segmenter(t testing.TB) *Segmenter {
	t.Helper()
	shared.once.Do(func() { shared.seg, shared.err = NewSegmenter("") })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.seg
}

// goldenTexts are cut by every analyzer into testdata/tokens.golden.
var goldenTexts = []string{
	"中国科学院计算技术研究所在北京",
	"新城规划面积120.72平方公里，PM2.5下降百分之五点九五，约占1/3。",
	"市政府〔2016〕18号文件：三个园区、七家企业",
	"張小明在臺北市資訊局工作",
	"G20峰会 COVID-19 T恤 2016-2020 12%～15%",
	"龍\x00爱\xff国𠮷野家々",
	"南京市长江大桥",
}

func TestTokensGolden(t *testing.T) {
	seg := segmenter(t)
	var out strings.Builder
	for _, source := range goldenTexts {
		text := FoldText(source)
		fmt.Fprintf(&out, "# %s\n", text)
		for _, cut := range []struct {
			name string
			do   func(string) []Token
		}{{"search", seg.Search}, {"words", seg.Words}, {"bigrams", Bigrams}, {"chars", Chars}} {
			fmt.Fprintf(&out, "%s:", cut.name)
			for _, tok := range cut.do(text) {
				fmt.Fprintf(&out, " %s[%d,%d)%d", tok.Text, tok.Start, tok.End, tok.Pos)
			}
			out.WriteString("\n")
		}
		out.WriteString("tags:")
		for _, tok := range seg.Tag(text) {
			fmt.Fprintf(&out, " %s[%d,%d)%d/%s", tok.Text, tok.Start, tok.End, tok.Pos, tok.Tag)
		}
		out.WriteString("\n\n")
	}
	const path = "testdata/tokens.golden"
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, expected := strings.Split(out.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(expected)) {
		if i >= len(got) || i >= len(expected) || got[i] != expected[i] {
			t.Fatalf("line %d of %s differs:\n got %q\nwant %q", i+1, path, at(got, i), at(expected, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func TestRuns(t *testing.T) {
	for text, want := range map[string]string{
		"pm2.5 5.95% 1/3 120.72": "pm2.5 5.95% 1/3 120.72",
		"2016/3/15 and/or a/b":   "2016 3 15 and or a b",
		"3. 1.2.3 v1.0 .5":       "3 1.2.3 v1.0 5",
		"co2 g20峰会 km2":          "co2 g20 峰会 km2",
		"5‰ 12%-15% 1/3的":        "5‰ 12% 15% 1/3 的",
		"1/3km 1/x x/3":          "1 3km 1 x x 3",
		"naïve Ελ カタ":            "naïve Ελ カタ",
		"":                       "",
		"。，！ ":                   "",
		"国":                      "国",
	} {
		var got []string
		for _, tok := range Bigrams(text) {
			got = append(got, tok.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("Bigrams(%q) = %q, want %q", text, s, want)
		}
	}
}

func TestLongWordCut(t *testing.T) {
	text := strings.Repeat("é", maxWord)
	for _, tok := range append(Bigrams(text), segmenter(t).Words(text)...) {
		if len(tok.Text) > maxWord || !utf8.ValidString(tok.Text) {
			t.Errorf("token of %d bytes", len(tok.Text))
		}
	}
	if n := len(Chars(text)); n != 3 {
		t.Errorf("%d bytes make %d tokens", len(text), n)
	}
}

// TestSearchTakesAnything feeds what makes jieba lose its input or worse.
func TestSearchTakesAnything(t *testing.T) {
	seg := segmenter(t)
	for _, text := range []string{"北京\xff上海", "北京\x00上海", "北京\xe4\xb8上海", "北京\n上海", "北京\u200b上海"} {
		if got := texts(seg.Words(text)); !slices.Equal(got, []string{"北京", "上海"}) {
			t.Errorf("Words(%q) = %q", text, got)
		}
	}
	for _, text := range []string{"", " ", "。", "\x00", "\xff", "\n\n"} {
		if got := len(seg.Search(text)) + len(seg.Words(text)) + len(seg.Tag(text)); got != 0 {
			t.Errorf("%q yields %d tokens", text, got)
		}
	}
}

func texts(tokens []Token) []string {
	var out []string
	for _, tok := range tokens {
		out = append(out, tok.Text)
	}
	return out
}

// TestLongLine cuts text without a break: every chunk stays small and whole,
// and no character is lost.
func TestLongLine(t *testing.T) {
	text := strings.Repeat("中华人民共和国𠮷", 20_000)
	joined := 0
	chunks([]byte(text), func(chunk string, base int) {
		if len(chunk) > maxChunk || !utf8.ValidString(chunk) || base != joined {
			t.Fatalf("chunk of %d bytes at %d, want at %d", len(chunk), base, joined)
		}
		joined += len(chunk)
	})
	if joined != len(text) {
		t.Errorf("chunks cover %d of %d bytes", joined, len(text))
	}
	end := 0
	for _, tok := range segmenter(t).Words(text[:maxChunk*5]) {
		if tok.Start != end || text[tok.Start:tok.End] != tok.Text {
			t.Fatalf("token %v, want one at %d", tok, end)
		}
		end = tok.End
	}
	if end < maxChunk*5-3 {
		t.Errorf("words end at %d", end)
	}
}

// TestChunksPreferBreaks cuts at a blank where one is near.
func TestChunksPreferBreaks(t *testing.T) {
	han := []byte(strings.Repeat("国", 1000) + " " + strings.Repeat("家", 1000))
	var sizes []int
	chunks(han, func(chunk string, base int) {
		if bytes.ContainsRune([]byte(chunk), ' ') {
			t.Errorf("chunk at %d runs over the break", base)
		}
		sizes = append(sizes, len(chunk))
	})
	if !slices.Equal(sizes, []int{3000, 3000}) {
		t.Errorf("chunks of %v bytes", sizes)
	}
}

func TestSegmenterShared(t *testing.T) {
	seg, text := segmenter(t), FoldText(strings.Join(goldenTexts, "。"))
	want, tags := seg.Search(text), seg.Tag(text)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 20 {
				if !slices.Equal(seg.Search(text), want) || !slices.Equal(seg.Tag(text), tags) {
					t.Error("tokens differ between goroutines")
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestSegmenterClosed(t *testing.T) {
	seg, err := NewSegmenter(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				seg.Search("北京市朝阳区")
			}
		})
	}
	seg.Close()
	seg.Close()
	wg.Wait()
	if got := texts(seg.Words("北京 g20")); !slices.Equal(got, []string{"g20"}) {
		t.Errorf("a closed Segmenter cuts %q", got)
	}
}

func TestPinyin(t *testing.T) {
	if got := Pinyin("北京 a市,绿𪛖"); !slices.Equal(got, []string{"bei", "jing", "shi", "lv", "𪛖"}) {
		t.Errorf("Pinyin = %q", got)
	}
}

func TestIsHan(t *testing.T) {
	for _, r := range "中〇々𠮷㐀龥" {
		if !IsHan(r) {
			t.Errorf("%c is Han", r)
		}
	}
	for _, r := range "a1，。ァかㄅ한①\uFFFD" {
		if IsHan(r) {
			t.Errorf("%c is not Han", r)
		}
	}
}
