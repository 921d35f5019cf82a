package report

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const plainText = "长江航道年报\n江滨港2019年完成货物吞吐量4520.6万吨。[1]其中煤炭占41.2%。\n夜间噪声降到52分贝;𠮷野家的招牌也撤了。\n"

const traditionalText = "西河航道年報\n西河港去年卸貨三千零59噸，其中煤炭占四成。[1]碼頭的許多機具仍是舊式的。\n夜裡不准鳴笛。\n"

func encode(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func texts(r *Report) string {
	var b strings.Builder
	for _, p := range r.Paragraphs {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

func TestEncodings(t *testing.T) {
	noAstral := strings.ReplaceAll(plainText, "𠮷", "吉") // GBK has no such character
	for _, c := range []struct {
		name string
		data []byte
		want string
		warn string
	}{
		{"UTF-8", []byte(plainText), plainText, ""},
		{"UTF-8 with BOM", []byte("\uFEFF" + plainText), plainText, ""},
		{"CRLF", []byte(strings.ReplaceAll(plainText, "\n", "\r\n")), plainText, ""},
		{"UTF-16 LE", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), plainText), plainText, "converted from UTF-16"},
		{"UTF-16 BE", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), plainText), plainText, "converted from UTF-16"},
		{"GBK", encode(t, simplifiedchinese.GBK, noAstral), noAstral, "converted from GB18030"},
		{"GB18030", encode(t, simplifiedchinese.GB18030, plainText), plainText, "converted from GB18030"},
		{"traditional GBK", encode(t, simplifiedchinese.GBK, traditionalText), traditionalText, "converted from GB18030"},
		{"Big5", encode(t, traditionalchinese.Big5, traditionalText), traditionalText, "converted from Big5"},
		// Hong Kong's characters, which the encoder lacks
		{"Big5-HKSCS", bytes.ReplaceAll(encode(t, traditionalchinese.Big5, traditionalText), []byte("59"), []byte("\x9D\xF7\x9D\xF8")),
			strings.ReplaceAll(traditionalText, "59", "咗啲"), "converted from Big5"},
	} {
		r, err := ParseText("t.txt", c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := texts(r); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		if len(r.Paragraphs[1].Markers) != 1 || len(r.Paragraphs[1].Units) != 2 {
			t.Errorf("%s: %d markers and %d units", c.name, len(r.Paragraphs[1].Markers), len(r.Paragraphs[1].Units))
		}
		switch {
		case c.warn == "" && len(r.Warnings) > 0:
			t.Errorf("%s warns %v", c.name, r.Warnings)
		case c.warn != "" && (len(r.Warnings) != 1 || r.Warnings[0].Text != c.warn):
			t.Errorf("%s warns %v, want %q", c.name, r.Warnings, c.warn)
		}
	}
}

// TestDamage reads every bad byte and NUL as one blank, so offsets stay.
func TestDamage(t *testing.T) {
	lines := strings.Repeat(plainText, 20)
	utf := []byte(lines)
	at := bytes.Index(utf, []byte("货物")) // the second line
	for _, bad := range []byte{0, 0xFF, 0x80} {
		data := bytes.Clone(utf)
		data = append(data[:at], append([]byte{bad, bad}, data[at:]...)...)
		r, err := ParseText("t.txt", data)
		if err != nil {
			t.Errorf("byte %x: %v", bad, err)
			continue
		}
		if want := "江滨港2019年完成  货物吞吐量4520.6万吨。[1]其中煤炭占41.2%。"; r.Paragraphs[1].Text != want {
			t.Errorf("byte %x: %q, want %q", bad, r.Paragraphs[1].Text, want)
		}
		if len(r.Warnings) != 1 || r.Warnings[0].Line != 2 || !strings.HasPrefix(r.Warnings[0].Text, "2 invalid") {
			t.Errorf("byte %x warns %v, want 2 in line 2", bad, r.Warnings)
		}
	}
	gbk := encode(t, simplifiedchinese.GBK, strings.ReplaceAll(lines, "𠮷", "吉"))
	at = bytes.Index(gbk, []byte("2019"))
	r, err := ParseText("t.txt", append(gbk[:at:at], append([]byte{0xFF}, gbk[at:]...)...))
	if err != nil {
		t.Fatal(err)
	}
	if want := "江滨港 2019年完成货物吞吐量4520.6万吨。[1]其中煤炭占41.2%。"; r.Paragraphs[1].Text != want || len(r.Warnings) != 2 {
		t.Errorf("damaged GBK: %q with warnings %v, want %q with 2", r.Paragraphs[1].Text, r.Warnings, want)
	}
}

func TestNoText(t *testing.T) {
	random := make([]byte, 64<<10)
	rng := rand.NewChaCha8([32]byte{1})
	rng.Read(random)
	program := append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 4096)...)
	copy(program[2000:], "usage: nothing")
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, errEmpty},
		{"blanks", []byte(" \r\n\t\n　\n"), errEmpty},
		{"a BOM alone", []byte("\uFEFF\n"), errEmpty},
		{"a UTF-16 BOM alone", []byte{0xFF, 0xFE}, errEmpty},
		{"random bytes", random, errBinary},
		{"NULs", make([]byte, 100), errBinary},
		{"a program", program, errBinary},
		{"PNG", append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), random[:2000]...), errBinary},
	} {
		for _, name := range []string{"t.txt", "t.jsonl"} {
			r, err := parseFile(t.Context(), t, name, c.data)
			if !errors.Is(err, c.want) {
				t.Errorf("%s as %s: %v, %v, want %v", c.name, name, r, err, c.want)
			}
		}
	}
}

// TestLongLine leaves out a line that no reader could be shown, keeps the
// numbers of the rest, and says so.
func TestLongLine(t *testing.T) {
	data := "开头有一句话。\n" + strings.Repeat("航", 10<<20/3) + "\n结尾有一句话。\n"
	r, err := ParseText("t.txt", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Passages(); len(got) != 2 || got[1].ID != "t#p2" || got[1].Line != 3 {
		t.Errorf("passages %v", got)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Line != 2 {
		t.Errorf("warnings %v, want one for line 2", r.Warnings)
	}
	one := strings.Repeat("航道通了。", 12000) // under the limit, and its units are found in time
	r, err = ParseText("t.txt", []byte(one))
	if err != nil || len(r.Paragraphs[0].Units) != 12000 {
		t.Errorf("a line of %d bytes: %v, %v", len(one), r.Warnings, err)
	}
}
