package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/yanyiwu/gojieba"
)

// BenchmarkProcess starts the whole program for one question, with its index
// cached, and in turn loads jieba as its package does: x-jieba is the ratio of
// the medians, peak-MB the largest resident size of the program.
func BenchmarkProcess(b *testing.B) {
	program := filepath.Join(b.TempDir(), "chuchu")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	env := append(os.Environ(), "XDG_CACHE_HOME="+b.TempDir())
	ask := func() (time.Duration, int64) {
		cmd := exec.Command(program, "ask", "上海自贸区扩区后面积有多大？")
		cmd.Env = env
		start := time.Now()
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	}
	ask() // unpacks the dictionaries and builds the index
	// A child's peak counts its parent's size at the fork: it is read before
	// this process loads jieba itself.
	_, peak := ask()
	var whole, jieba []time.Duration
	for b.Loop() {
		took, _ := ask()
		whole = append(whole, took)
		start := time.Now()
		gojieba.NewJieba().Free()
		jieba = append(jieba, time.Since(start))
	}
	median := func(d []time.Duration) float64 {
		slices.Sort(d)
		return d[len(d)/2].Seconds()
	}
	b.ReportMetric(median(whole)/median(jieba), "x-jieba")
	b.ReportMetric(float64(peak)/1024, "peak-MB")
}
