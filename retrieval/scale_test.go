package retrieval

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"chuchu/retrieval/report"
	"chuchu/seeds"
)

var (
	scale     = flag.Int("scale", 0, "passages of the library that BenchmarkScale makes; 0: it is skipped")
	scaleKept = flag.String("scale-library", "", "folder of reports that BenchmarkScale measures instead, with its cache beside it; questions are the first sentences of passages")
)

const scaleReport = 300 // passages of a report

// scaled makes passages out of the sentences of the shipped report, with
// numbers and names of their own.
type scaled struct {
	rng       *rand.Rand
	sentences []string
	chars     []rune
	questions []string
}

func newScaled(tb testing.TB, seed uint64) *scaled {
	data, err := seeds.Reports.ReadFile("2016中国大都市治理与公共政策报告.txt")
	if err != nil {
		tb.Fatal(err)
	}
	r, err := report.ParseText("x.txt", data)
	if err != nil {
		tb.Fatal(err)
	}
	s := &scaled{rng: rand.New(rand.NewPCG(seed, 2))}
	seen := map[rune]bool{}
	for _, p := range r.Passages() {
		for _, u := range p.Units {
			s.sentences = append(s.sentences, p.Text[u.Start:u.End])
		}
		for _, c := range p.Text {
			if c >= 0x4E00 && c <= 0x9FFF && !seen[c] {
				seen[c] = true
				s.chars = append(s.chars, c)
			}
		}
	}
	return s
}

// name is one of many thousand.
func (s *scaled) name() string {
	return string([]rune{s.chars[s.rng.IntN(len(s.chars))], s.chars[s.rng.IntN(len(s.chars))]})
}

func (s *scaled) passage(marker int) string {
	var b strings.Builder
	place, thing := s.name()+[]string{"县", "镇", "区", "港"}[s.rng.IntN(4)], s.name()+[]string{"工程", "园区", "中心", "公司"}[s.rng.IntN(4)]
	fmt.Fprintf(&b, "%s的%s在%d年完成投资%d万元,", place, thing, 1990+s.rng.IntN(35), 1+s.rng.IntN(99999))
	if s.rng.IntN(200) == 0 {
		s.questions = append(s.questions, fmt.Sprintf("%s的%s完成投资多少万元", place, thing))
	}
	if s.rng.IntN(4) == 0 {
		fmt.Fprintf(&b, "依据《%s%s发展规划》(%s政发〔%d〕%d号)办理。", place, s.name(), s.name()[:3], 2000+s.rng.IntN(20), 1+s.rng.IntN(300))
	}
	for b.Len() < 500+s.rng.IntN(500) {
		line := s.sentences[s.rng.IntN(len(s.sentences))]
		b.WriteString(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' && s.rng.IntN(2) == 0 {
				return '0' + s.rng.Int32N(10)
			}
			return r
		}, line))
	}
	if marker > 0 {
		fmt.Fprintf(&b, "[%d]", marker)
	}
	return b.String()
}

// write writes one report.
func (s *scaled) write(tb testing.TB, path string, passages int) {
	tb.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s年报\n", s.name(), s.name())
	for i := range passages {
		if i%20 == 0 {
			fmt.Fprintf(&b, "%s、%s的%s\n", []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"}[i/20%15], s.name(), s.name())
		}
		marker := 0
		if i%6 == 0 {
			marker = i/6 + 1
		}
		b.WriteString(s.passage(marker) + "\n")
	}
	b.WriteString("注释\n")
	for i := 0; i < passages; i += 12 {
		fmt.Fprintf(&b, "[%d] %s:《%s统计年鉴》,%d年。\n", i/6+1, s.name(), s.name(), 2000+s.rng.IntN(20))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// memory is the most and the present resident memory in MiB.
func memory() (peak, now float64) {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	debug.FreeOSMemory()
	data, _ := os.ReadFile("/proc/self/statm")
	var all, resident int64
	fmt.Sscan(string(data), &all, &resident)
	return float64(u.Maxrss) / 1024, float64(resident*int64(os.Getpagesize())) / (1 << 20)
}

// used is the processor time taken so far.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// thread is the processor time that this thread has taken so far: what a
// question takes, however busy the machine is with others.
func thread() time.Duration {
	const ofThread = 1 // Linux's RUSAGE_THREAD
	var u syscall.Rusage
	syscall.Getrusage(ofThread, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkScale builds a library of many passages, opens it again, asks it,
// and adds a report.
func BenchmarkScale(b *testing.B) {
	if *scale == 0 && *scaleKept == "" {
		b.Skip("-scale says how many passages")
	}
	dir, cache := *scaleKept, *scaleKept+".cache"
	s := newScaled(b, 1)
	if dir == "" {
		dir, cache = b.TempDir(), b.TempDir()
		for n := 0; n < *scale; n += scaleReport {
			s.write(b, filepath.Join(dir, fmt.Sprintf("年报%05d.txt", n/scaleReport)), min(scaleReport, *scale-n))
		}
	}
	o := Options{Path: dir, Cache: cache}
	start := time.Now()
	t := newTools(cache)
	if err := t.wait(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := t.release(); err != nil {
			b.Error(err)
		}
	}()
	b.ReportMetric(time.Since(start).Seconds(), "tools-s")

	start = time.Now()
	busy := used()
	l, err := openWith(b.Context(), o, t.share())
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	b.ReportMetric(float64(l.index.Docs())/(used()-busy).Seconds(), "passages/cpu-s")
	b.ReportMetric(float64(l.index.Docs()), "passages")
	b.ReportMetric(float64(l.index.Docs())/took.Seconds(), "passages/s")
	peak, _ := memory()
	b.ReportMetric(peak, "build-peak-MiB")
	if *scaleKept != "" {
		s.questions = firstClauses(b, l)
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}

	start = time.Now()
	if l, err = openWith(b.Context(), o, t.share()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(start).Seconds(), "reopen-s")
	m := &Managed{opt: o, now: &edition{lib: l}}
	defer m.Close()
	scaleAsk(b, l, s.questions)
	_, now := memory()
	b.ReportMetric(now, "serving-MiB")

	one := filepath.Join(b.TempDir(), "新.txt")
	s.write(b, one, scaleReport)
	data, err := os.ReadFile(one)
	if err != nil {
		b.Fatal(err)
	}
	start = time.Now()
	if _, err := m.Add(b.Context(), "新年报.txt", sent(string(data))); err != nil {
		b.Fatal(err)
	}
	if _, err := m.Ask(b.Context(), Question{Text: s.passage(0)[:60]}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(start).Seconds(), "add-s")
	start = time.Now()
	if err := m.Remove(b.Context(), "新年报"); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(start).Seconds(), "remove-s")
	b.ReportMetric(0, "ns/op")
}

// scaleAsk measures the questions made with the passages and those that come
// with the shipped report.
func scaleAsk(b *testing.B, l *Library, made []string) {
	asks := slices.Clone(made)
	if len(asks) > 300 {
		rand.New(rand.NewPCG(3, 4)).Shuffle(len(asks), func(i, j int) { asks[i], asks[j] = asks[j], asks[i] })
		asks = asks[:300]
	}
	file, err := os.ReadFile("../seeds/questions.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		var q struct{ Question string }
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			b.Fatal(err)
		}
		asks = append(asks, q.Question)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var took, busy []time.Duration
	first := time.Now()
	if _, err := l.Ask(b.Context(), Question{Text: "上海自贸区扩区后面积有多大"}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(first).Seconds(), "first-s")
	for round := range 2 {
		took, busy = took[:0], busy[:0]
		for _, q := range asks {
			start, at := time.Now(), thread()
			if _, err := l.Ask(b.Context(), Question{Text: q}); err != nil {
				b.Fatal(err)
			}
			took, busy = append(took, time.Since(start)), append(busy, thread()-at)
			if d := busy[len(busy)-1]; d > 40*time.Millisecond && round == 1 {
				b.Logf("%v: %s", d.Round(time.Millisecond), q)
			}
		}
	}
	b.ReportMetric(float64(len(took)), "questions")
	for unit, all := range map[string][]time.Duration{"ms": took, "cpu-ms": busy} {
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-"+unit)
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-"+unit)
	}
}

// firstClauses makes a question of the start of every so many passages.
func firstClauses(tb testing.TB, l *Library) (out []string) {
	all := l.index.Docs()
	n := 0
	for i, r := range l.reports {
		for k := range r.Place.Passages {
			if n++; n%max(1, all/300) != 0 {
				continue
			}
			text := []rune(l.doc(l.ord(i, k)).Paragraph.Text)
			out = append(out, string(text[:min(len(text), 14)])+"是什么")
		}
	}
	return out
}
