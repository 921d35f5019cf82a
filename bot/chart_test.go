package bot

import (
	"bytes"
	"image/png"
	"os"
	"testing"
	"time"
)

// TestPicture draws a busy month, a single question, and one without a section.
func TestPicture(t *testing.T) {
	busy := figures{days: make([]dayFigures, statsDays), sections: []section{{"一", 9}, {"二", 5}, {"三", 2}}}
	for i := range busy.days {
		if i%3 > 0 {
			busy.days[i] = dayFigures{asked: i, found: i * 2 / 3, took: []time.Duration{time.Duration(i) * time.Millisecond}}
		}
	}
	single := figures{days: make([]dayFigures, statsDays)}
	single.days[statsDays-1] = dayFigures{asked: 1, took: []time.Duration{0}}
	for name, f := range map[string]figures{"busy": busy, "single": single} {
		raw, err := f.draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if b := img.Bounds(); b.Dx() < 600 || b.Dy() < 400 || len(raw) > 1<<20 {
			t.Errorf("%s: %v, %d bytes", name, b, len(raw))
		}
		if dir := os.Getenv("CHART_DIR"); dir != "" {
			os.WriteFile(dir+"/"+name+".png", raw, 0o644)
		}
	}
}

func TestMedian(t *testing.T) {
	for want, d := range map[time.Duration][]time.Duration{0: nil, 3: {3}, 4: {9, 4, 1}, 5: {9, 2, 4, 6}} {
		if got := median(d); got != want {
			t.Errorf("the median of %v is %d, want %d", d, got, want)
		}
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "什么": "什么", "1+1": "1+1", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "\t=1": "'\t=1", "  =1": "'  =1", "\r=1": "'\r=1",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q is written %q, want %q", cell, got, want)
		}
	}
}
