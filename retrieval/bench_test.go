package retrieval_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/retrieval"
	"chuchu/retrieval/zh"
)

// reportTimes reports the median and the 99th percentile.
func reportTimes(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	ms := func(p float64) float64 {
		return float64(took[min(len(took)-1, int(p*float64(len(took))))].Microseconds()) / 1000
	}
	b.ReportMetric(ms(0.50), "p50-ms")
	b.ReportMetric(ms(0.99), "p99-ms")
	b.ReportMetric(0, "ns/op") // of all questions together: says nothing
}

// benchmarkAsk asks the questions that come with the shipped report.
func benchmarkAsk(b *testing.B, l *retrieval.Library) {
	qs := readSeeds(b)
	var took []time.Duration
	for b.Loop() {
		for _, q := range qs {
			start := time.Now()
			if _, err := l.Ask(b.Context(), retrieval.Question{Text: q.Ask(), Turns: q.Turns}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	reportTimes(b, took)
}

func BenchmarkAskSeeds(b *testing.B) { benchmarkAsk(b, retrieval.SharedLibrary(b)) }

func BenchmarkAsk2000(b *testing.B) { benchmarkAsk(b, openMany(b, 2000)) }

func BenchmarkAsk20000(b *testing.B) { benchmarkAsk(b, openMany(b, 20000)) }

// openMany opens a library of n passages.
func openMany(b *testing.B, n int) *retrieval.Library {
	b.Helper()
	path := filepath.Join(b.TempDir(), "many.jsonl")
	writeMany(b, path, n)
	l, err := retrieval.Open(b.Context(), retrieval.Options{Path: path, Cache: retrieval.SharedCache(b)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}

// writeMany writes n passages made from the shipped report's: each with other
// numbers and with some places called otherwise.
func writeMany(b *testing.B, path string, n int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var texts []string
	for _, text := range shippedTexts(b) {
		if strings.Contains(text, "。") {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	rng := rand.New(rand.NewPCG(1, 2))
	places := []string{"上海", "北京", "广州", "深圳", "天津", "重庆", "杭州", "南京", "武汉", "成都", "西安", "青岛"}
	enc := json.NewEncoder(f)
	for i := range n {
		text := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' && rng.IntN(3) == 0 {
				return '0' + rng.Int32N(10)
			}
			return r
		}, texts[i%len(texts)])
		text = strings.ReplaceAll(text, places[rng.IntN(4)], places[rng.IntN(len(places))])
		if err := enc.Encode(map[string]string{"id": fmt.Sprintf("many-%d", i), "text": text}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIndex cuts passages and writes their index.
func BenchmarkIndex(b *testing.B) {
	const passages = 3000
	l := openMany(b, passages)
	dir := b.TempDir()
	n := 0
	for b.Loop() {
		n++
		if err := retrieval.BuildIndex(b.Context(), l, filepath.Join(dir, fmt.Sprint(n))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*passages)/b.Elapsed().Seconds(), "passages/s")
}

// BenchmarkOpen goes from nothing to the first answer with a cached index, and
// says how many times as long that takes as loading the segmenter alone.
func BenchmarkOpen(b *testing.B) {
	cache := retrieval.SharedCache(b)
	start := time.Now()
	seg, err := zh.NewSegmenter(filepath.Join(cache, "dict"))
	if err != nil {
		b.Fatal(err)
	}
	bare := time.Since(start)
	seg.Close()
	n := 0
	for b.Loop() {
		n++
		l, err := retrieval.Open(b.Context(), retrieval.Options{Cache: cache})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := l.Ask(b.Context(), retrieval.Question{Text: "上海自贸区扩区后面积有多大"}); err != nil {
			b.Fatal(err)
		}
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(n)/bare.Seconds(), "x-segmenter")
}
