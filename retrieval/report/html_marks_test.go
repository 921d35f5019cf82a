package report

import (
	"strings"
	"testing"
)

// TestHTMLMarksInARow finds each of several linked numbers between brackets.
func TestHTMLMarksInARow(t *testing.T) {
	page := `<html><body><article><h1>风车</h1>
<p>风车在东岸最多，先后有九处 [<a href="#n1">1</a>, <a href="#n2">2</a>]。后来只剩三处 [[<a href="#n3">3</a>], <a href="#n4">4</a>]。见第 lines 5, <a href="#n4">41</a> 行。</p>
<ol><li id="n1">东岸县志。</li><li id="n2">西岸县志。</li><li id="n3">水利所。</li><li id="n4">气象站。</li></ol>
</article></body></html>`
	r, err := parseFile(t.Context(), t, "a.html", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Paragraphs {
		for _, m := range p.Markers {
			note := "no note"
			if n, ok := r.NoteOf(m); ok {
				note = n.Text
			}
			got = append(got, m.Label+" "+note)
		}
	}
	want := "1 东岸县志。|2 西岸县志。|3 水利所。|4 气象站。"
	if strings.Join(got, "|") != want {
		t.Errorf("the markers are %s, want %s", strings.Join(got, "|"), want)
	}
}
