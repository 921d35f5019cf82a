package bot

import (
	"testing"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

func TestPlaced(t *testing.T) {
	note := []retrieval.Footnote{{Marker: "3"}, {Marker: "4"}}
	for want, h := range map[string]retrieval.Hit{
		"年报 › 第5段": {Title: "年报", Paragraph: 5},
		"年报 › 1.扩区 › 第12页，第5段 [3][4]": {Title: "年报", Section: []string{"三、园区", "1.扩区"}, Chapter: "第二编", Paragraph: 5, Page: 12, Footnotes: note},
		"年报 › 第二编 › 第5段":              {Title: "年报", Chapter: "第二编", Paragraph: 5},
	} {
		if got := placed(h, words.In(words.Simplified)); got != want {
			t.Errorf("placed at %q, want %q", got, want)
		}
	}
}
