package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestJSONL(t *testing.T) {
	lines := []string{
		`{"id":"a","text":"江滨港通车。[1]船闸扩建。","title":"年报"}`,
		``,
		`{"id":"b","text":"  泊位十二个\u0000。 "}`,
		`not json`,
		`{"id":"a","text":"又一段。"}`,
		`{"id":"q1","text":"吞吐量多少","gold":["a"]}`,
		`{"id":"q2","text":"吞吐量多少","gold":null}`,
		`{"text":"没有名字。"}`,
		`{"id":"c"}`,
		`{"id":"d","text":" \n "}`,
		`{"id":5,"text":"数字名字。"}`,
		`["e"]`,
		`{"id":"q1","text":"问题不占名字。","extra":{"x":[1]}}`,
	}
	r, err := ParseJSONL("dir/港口.jsonl", []byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != "港口" {
		t.Errorf("id %q", r.ID)
	}
	var got strings.Builder
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&got, "%s %d line %d %q %q %d units %d markers\n", p.ID, p.Index, p.Line, p.Title, p.Text, len(p.Units), len(p.Markers))
	}
	want := `a 0 line 1 "年报" "江滨港通车。[1]船闸扩建。" 2 units 1 markers
b 1 line 3 "" "泊位十二个 。" 1 units 0 markers
q1 2 line 13 "" "问题不占名字。" 1 units 0 markers
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
	causes := map[int]string{
		4: "not a JSON passage", 5: `id "a" is line 1's`, 6: "a question", 7: "a question",
		8: "without an id", 9: "has no text", 10: "has no text", 11: "not a JSON passage", 12: "not a JSON passage",
	}
	for _, w := range r.Warnings {
		if cause := causes[w.Line]; cause == "" || !strings.Contains(w.Text, cause) {
			t.Errorf("line %d: %q, want %q", w.Line, w.Text, cause)
		}
		delete(causes, w.Line)
	}
	if len(causes) > 0 {
		t.Errorf("no warning for lines %v", causes)
	}
}

func TestJSONLEncodings(t *testing.T) {
	const text = `{"id":"a","text":"江滨港通车。"}` + "\r\n" + `{"id":"b","text":"船闸扩建。"}` + "\r\n"
	for name, data := range map[string][]byte{
		"BOM":    []byte("\uFEFF" + text),
		"GBK":    encode(t, simplifiedchinese.GBK, text),
		"UTF-16": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
	} {
		r, err := ParseJSONL("t.jsonl", data)
		if err != nil || len(r.Paragraphs) != 2 || r.Paragraphs[0].Text != "江滨港通车。" {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

func TestJSONLWithoutPassages(t *testing.T) {
	_, err := ParseJSONL("t.jsonl", []byte("\n\n"+`{"id":"q","text":"吞吐量多少","gold":["a"]}`+"\n"))
	if err == nil || !strings.Contains(err.Error(), "line 3: a question") {
		t.Errorf("a file of questions gives %v", err)
	}
	if _, err := ParseJSONL("t.jsonl", nil); !errors.Is(err, errEmpty) {
		t.Errorf("an empty file gives %v", err)
	}
	long := `{"id":"a","text":"` + strings.Repeat("航", longestLine/3) + `"}`
	if _, err := ParseJSONL("t.jsonl", []byte(long)); err == nil || !strings.Contains(err.Error(), "over the") {
		t.Errorf("a passage of %d bytes gives %v", len(long), err)
	}
}
