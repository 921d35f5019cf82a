package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
	"chuchu/seeds"
)

// shippedIn puts the shipped report into a library of its own.
func shippedIn(t testing.TB, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, seeds.Reports); err != nil {
		t.Fatal(err)
	}
}

// large is a report of n passages, another one for each number.
func large(n, number int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "沿江各港年报汇编之%d\n", number)
	harbours := []string{"江滨港", "石湾港", "白沙港", "柳林港", "青浦港", "东渡港", "鹤洲港"}
	for i := range n {
		if i%60 == 0 {
			fmt.Fprintf(&b, "第%d章 %d年的港口\n", i/60+1, 1900+i/60)
		}
		h := harbours[i%len(harbours)]
		fmt.Fprintf(&b, "%s的%d号泊位在%d年完成货物吞吐量%d万吨,比上一年增长%d.%d%%。其中煤炭%d万吨,矿石%d万吨,集装箱%d箱。"+
			"港务局为此添置了%d台岸桥,并把航道疏浚到%d米深,使%d万吨级的海轮也能乘潮进港。\n",
			h, i, 1900+i/60, 100+(i*7+number*13)%900, i%19, i%10, i*3%400, i*5%300, 1000+i*11%9000, i%12+1, i%9+8, i%20+1)
	}
	return []byte(b.String())
}

// under asks at a rate while work is done, and tells how long answers took.
func under(t testing.TB, c *crowd, l *ledger, work func()) figures {
	t.Helper()
	const rate = 25
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		work()
		stop()
	}()
	stream(ctx, l, c.rng, rate, 1<<20, func() string {
		if c.rng.IntN(2) == 0 {
			return c.looksUp()
		}
		return c.asks()
	})
	l.wait(t.Context(), 0, patience)
	return l.close()
}

// shows waits for the bot to have written text to the admin, and returns that
// message.
func shows(t testing.TB, tg *telegramtest.Server, text string) (m telegramtest.Sent) {
	for t.Context().Err() == nil {
		for _, m = range tg.Sent() {
			if m.Chat == admin && strings.Contains(m.HTML, text) {
				return m
			}
		}
		time.Sleep(pace)
	}
	return m
}

// BenchmarkWhile measures how long questions and look-ups wait for an answer
// while a large report is sent, read and indexed, and while the library is
// opened anew with as much more, beside what they wait with nothing else to do.
func BenchmarkWhile(b *testing.B) {
	const passages = 20_000
	tg := telegramtest.New(b, token)
	dir := b.TempDir()
	shippedIn(b, dir)
	l, c := newLedger(), newCrowd(tg, 1000)
	tg.Watch(l.saw)
	bot := begin(b, tg, retrieval.Options{Path: dir, Cache: b.TempDir()}, 1000)
	under(b, c, l, func() { time.Sleep(2 * time.Second) }) // what is opened at the first question
	for n := 0; b.Loop(); n += 2 {
		calm := under(b, c, l, func() { time.Sleep(10 * time.Second) })
		report := func(name string, f figures) {
			b.ReportMetric(float64(f.p50.Microseconds())/1000, name+"-p50-ms")
			b.ReportMetric(float64(f.p99.Microseconds())/1000, name+"-p99-ms")
			b.ReportMetric(float64(f.p99)/float64(calm.p99), name+"/calm-p99")
			if f.lost > 0 {
				b.Errorf("%s: of %d questions %d are lost", name, f.asked, f.lost)
			}
		}
		report("calm", calm)
		report("upload", under(b, c, l, func() {
			tg.SendsFile(admin, fmt.Sprintf("年报%d.txt", n), large(passages, n))
			card := shows(b, tg, "要加入报告库吗？")
			tg.Taps(admin, admin, card.ID, buttonData.FindStringSubmatch(card.Markup)[1])
			shows(b, tg, "已经加入。")
		}))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("年报%d.txt", n+1)), large(passages, n+1), 0o644); err != nil {
			b.Fatal(err)
		}
		report("reload", under(b, c, l, func() {
			tg.Says(admin, "/reload")
			shows(b, tg, "重新读")
		}))
	}
	b.ReportMetric(0, "ns/op")
	if err := bot.stop(); err != nil {
		b.Error(err)
	}
}
