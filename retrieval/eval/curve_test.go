package eval

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
)

// drawn is what stands in an SVG picture.
type drawn struct {
	width  float64
	texts  map[string]xml.StartElement
	styles []string // of its lines and areas
}

// parse reads a picture, that must be well-formed to its end.
func parse(t *testing.T, svg []byte) drawn {
	t.Helper()
	d := drawn{texts: map[string]xml.StartElement{}}
	var in []xml.StartElement
	for r := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := r.Token()
		if errors.Is(err, io.EOF) && len(in) == 0 && d.width > 0 {
			return d
		}
		if err != nil {
			t.Fatalf("the picture is no SVG: %v\n%s", err, svg)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = append(in, e.Copy())
			switch e.Name.Local {
			case "svg":
				d.width = number(t, strings.Fields(attr(e, "viewBox"))[2])
			case "path":
				d.styles = append(d.styles, attr(e, "style"))
			}
		case xml.EndElement:
			in = in[:len(in)-1]
		case xml.CharData:
			if text := strings.TrimSpace(string(e)); text != "" {
				d.texts[text] = in[len(in)-1]
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var axes = []string{"coverage: answered questions (% of all)", "precision: first passage right (% of answered)"}

func TestDrawCurve(t *testing.T) {
	var svg bytes.Buffer
	if err := DrawCurve(&svg, swept(), 0.65); err != nil {
		t.Fatal(err)
	}
	d := parse(t, svg.Bytes())
	for _, want := range append(axes, "0", "100", "threshold", "shipped threshold", "Coverage and precision by confidence threshold (8 questions)") {
		if _, ok := d.texts[want]; !ok {
			t.Errorf("the picture lacks the text %q", want)
		}
	}
	// The higher the threshold, the less is answered: the more to the left.
	last := d.width
	for _, label := range []string{"0.65", "0.8", "0.9"} {
		e, ok := d.texts[label]
		if !ok {
			t.Fatalf("no point is labelled %s", label)
		}
		x := number(t, attr(e, "x"))
		if x <= 0 || x >= last {
			t.Errorf("the label %s stands at %v, the one before at %v", label, x, last)
		}
		last = x
		if red := strings.Contains(attr(e, "style"), "fill:#D62728"); red != (label == "0.65") {
			t.Errorf("the label %s has the style %q", label, attr(e, "style"))
		}
		if !strings.Contains(attr(e, "style"), "sans-serif") {
			t.Errorf("the label %s names no font that everyone has: %q", label, attr(e, "style"))
		}
	}
	if all := strings.Join(d.styles, "\n"); !strings.Contains(all, "fill:none;stroke:#1F77B4;stroke-width:1.5") || !strings.Contains(all, "fill:#D62728") {
		t.Errorf("no line or no mark is drawn:\n%s", all)
	}
}

func TestDrawCurveOfNothing(t *testing.T) {
	for name, outs := range map[string][]Outcome{"no question": nil, "no answer": {outcome("a", 0, false, 0, 0)}} {
		var svg bytes.Buffer
		if err := DrawCurve(&svg, outs, 0.28); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d := parse(t, svg.Bytes())
		for _, want := range axes {
			if _, ok := d.texts[want]; !ok {
				t.Errorf("%s: the picture lacks the axis %q", name, want)
			}
		}
		if _, ok := d.texts["shipped threshold"]; ok {
			t.Errorf("%s: a point is marked", name)
		}
	}
}

func TestDrawCurveTwiceIsTheSame(t *testing.T) {
	var one, two bytes.Buffer
	if err := errors.Join(DrawCurve(&one, swept(), 0.28), DrawCurve(&two, swept(), 0.28)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same outcomes give two pictures")
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestDrawCurveReportsAFailedWrite(t *testing.T) {
	broken := errors.New("no paper")
	if err := DrawCurve(full{broken}, swept(), 0.28); !errors.Is(err, broken) {
		t.Errorf("a failed write gives %v", err)
	}
}
