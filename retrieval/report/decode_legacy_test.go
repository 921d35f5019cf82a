package report

import (
	"strings"
	"testing"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// TestLegacyTold takes every line of the shipped report, and the words of it,
// as files of their own: in GBK as it stands, and in traditional characters in
// GBK and in Big5.
func TestLegacyTold(t *testing.T) {
	toTraditional, err := opencc.New("s2t")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []struct {
		name        string
		enc         encoding.Encoding
		traditional bool
		want        string
	}{
		{"simplified GBK", simplifiedchinese.GBK, false, "GB18030"},
		{"traditional GBK", simplifiedchinese.GBK, true, "GB18030"},
		{"Big5", traditionalchinese.Big5, true, "Big5"},
	}
	told, wrong := map[string]int{}, map[string]int{}
	for _, p := range shipped(t).Paragraphs {
		for _, text := range append(strings.FieldsFunc(p.Text, func(r rune) bool { return strings.ContainsRune("，,。；;：:、《》“”", r) }), p.Text) {
			size := "long"
			if len([]rune(text)) < 8 {
				size = "short"
			}
			if invalidBytes(encode(t, simplifiedchinese.GBK, text)) == 0 {
				continue // no Chinese in it, or what is UTF-8 too
			}
			for _, k := range kinds {
				in := text
				if k.traditional {
					if in, err = toTraditional.Convert(text); err != nil {
						t.Fatal(err)
					}
				}
				data, err := k.enc.NewEncoder().Bytes([]byte(in))
				if err != nil || invalidBytes(data) == 0 {
					continue // it has no such character
				}
				key := size + " " + k.name
				told[key]++
				if got := tellLegacy(data); got.name != k.want {
					wrong[key]++
					t.Logf("%s: %q is read as %s: %q", k.name, in, got.name, got.decode(data))
				}
			}
		}
	}
	for key, n := range told {
		t.Logf("%s: %d told, %d wrong", key, n, wrong[key])
		if n < 400 || float64(wrong[key]) > 0.005*float64(n) || strings.HasPrefix(key, "long") && wrong[key] > 0 {
			t.Errorf("%s: %d of %d are told wrong", key, wrong[key], n)
		}
	}
}
