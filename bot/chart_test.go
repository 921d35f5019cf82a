package bot

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"chuchu/bot/words"
)

// months are figures of every kind: a busy month, a single question, one
// without a section, and large numbers with long headings.
func months() map[string]figures {
	today := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	out := map[string]figures{}
	add := func(name string, sections []section, day func(i int) dayFigures) {
		f := figures{today: today, days: make([]dayFigures, statsDays), sections: sections}
		for i := range f.days {
			f.days[i] = day(i)
		}
		out[name] = f
	}
	add("busy", []section{{"三、新突破:制度创新成为关键 › 1.上海自贸区三周年经验", 9}, {"一、绪论", 5}, {"Chapter 2 › Notes on 政策", 2}}, func(i int) dayFigures {
		if i%3 == 0 {
			return dayFigures{}
		}
		return dayFigures{asked: i, found: i * 2 / 3, took: []time.Duration{time.Duration(i) * time.Millisecond}}
	})
	add("single", nil, func(i int) dayFigures {
		if i < statsDays-1 {
			return dayFigures{}
		}
		return dayFigures{asked: 1, took: []time.Duration{0}}
	})
	long := strings.Repeat("很長的標題鬱鬱寡歡", 30)
	add("large", []section{{long, 123456}, {long, 99999}, {"a › b\nc", 5}, {"\xff龘😀", 1}, {"", 1}}, func(i int) dayFigures {
		return dayFigures{asked: 40_000 + 1000*i, found: 40_000, took: []time.Duration{time.Duration(i) * time.Second}}
	})
	return out
}

// TestPicture draws them, one in every language: each is a picture that Telegram
// takes as a photo and a phone shows upright, and says the same in other words.
func TestPicture(t *testing.T) {
	for name, f := range months() {
		seen, languages := map[string]bool{}, []words.Language{words.Traditional}
		if name == "busy" {
			languages = append(languages, words.Simplified, words.English)
		}
		for _, l := range languages {
			raw, err := f.draw(words.In(l).Chart)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			img, err := png.Decode(bytes.NewReader(raw))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			b := img.Bounds()
			if b.Dx() < 900 || b.Dy() < b.Dx() || b.Dy() > 1280 || len(raw) > 1<<20 || seen[string(raw)] {
				t.Errorf("%s in language %d: %v, %d bytes, seen before: %v", name, l, b, len(raw), seen[string(raw)])
			}
			seen[string(raw)] = true
			if n := inked(img, image.Rect(b.Dx()-8, 0, b.Dx(), b.Dy())); n > 0 {
				t.Errorf("%s in language %d: %d points at the right edge, where something is cut off", name, l, n)
			}
			if dir := os.Getenv("CHART_DIR"); dir != "" {
				os.WriteFile(fmt.Sprintf("%s/%s-%d.png", dir, name, l), raw, 0o644)
			}
		}
	}
}

// inked counts the points of a picture's part that are not white.
func inked(img image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0xf000 {
				n++
			}
		}
	}
	return n
}

// TestLettering holds that the picture's font has what the bot says in it, and
// what headings are made of.
func TestLettering(t *testing.T) {
	lt, err := newLettering()
	if err != nil {
		t.Fatal(err)
	}
	said := "三、新突破：制度创新（一）《规划》“一带一路”—…貳臺灣學習經濟體繁體％"
	for _, l := range []words.Language{words.Simplified, words.Traditional} {
		w := words.In(l).Chart
		said += w.PerDay + w.Answered + w.NotAnswered + w.Share + w.Sections + w.Latency
	}
	for _, r := range said {
		if (unicode.Is(unicode.Han, r) || strings.ContainsRune("、：（）《》％", r)) && !lt.hasChinese(r) {
			t.Errorf("the font has no %q", r)
		}
	}
}

func TestMedian(t *testing.T) {
	for want, d := range map[time.Duration][]time.Duration{0: nil, 3: {3}, 4: {9, 4, 1}, 5: {9, 2, 4, 6}} {
		if got := median(slices.Clone(d)); got != want {
			t.Errorf("the median of %v is %d, want %d", d, got, want)
		}
	}
}
