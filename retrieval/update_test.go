package retrieval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// reopen opens a library once more, and tells which files were read.
func reopen(t *testing.T, path, cache string, parsed int) *Library {
	t.Helper()
	l := open(t, path, cache)
	if l.parsed != parsed {
		t.Errorf("%d files were read, want %d", l.parsed, parsed)
	}
	return l
}

// firstHit is the passage that answers.
func firstHit(t *testing.T, l *Library, question string) string {
	t.Helper()
	a := ask(t, l, question)
	if len(a.Hits) == 0 || !a.Found {
		return ""
	}
	return a.Hits[0].PassageID
}

// age makes a file's last change older than any doubt.
func age(t *testing.T, path string) {
	t.Helper()
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
}

const orchard = "果园志\n一、梨园\n梨园在河西,一年收梨九十吨。[1]\n二、桃园\n桃园归合作社管。《河西桃园管理办法》(河果发〔2018〕3号)写明了租金。[2]\n"

// TestReadsOnlyWhatChanged adds, changes, touches and removes files.
func TestReadsOnlyWhatChanged(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "村.jsonl": jsonl, "果.txt": orchard, "图.png": "\x89PNG"})
	l := reopen(t, dir, cache, 3)
	harbourSlot := l.reports[slices.IndexFunc(l.reports, func(r shelved) bool { return r.ID == "港口" })].Slot
	reopen(t, dir, cache, 0)

	write(t, dir, map[string]string{"茶.txt": teaHill})
	l = reopen(t, dir, cache, 1)
	if got := firstHit(t, l, "茶山分几片"); got != "茶#p2" {
		t.Errorf("what was added answers %s", got)
	}
	write(t, dir, map[string]string{"港口.txt": strings.Replace(harbour, "52分贝", "47分贝", 1)}) // as long as it was
	l = reopen(t, dir, cache, 1)
	if a := ask(t, l, "夜间噪声降到多少分贝"); a.Hits[0].Answer != "47分贝" {
		t.Errorf("what was changed answers %q", a.Hits[0].Answer)
	}
	age(t, filepath.Join(dir, "果.txt"))
	reopen(t, dir, cache, 0) // another time, the same bytes
	for _, name := range []string{"果.txt", "图.png"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	l = reopen(t, dir, cache, 0)
	if a := ask(t, l, "梨园一年收多少吨梨"); a.Found || !slices.Contains(a.Missing, "梨园") {
		t.Errorf("what has gone answers %+v, missing %q", a.Hits, a.Missing)
	}
	if a := ask(t, l, "河果发〔2018〕3号"); a.Found {
		t.Errorf("a number that has gone is found: %+v", a.Hits)
	}
	if now := l.reports[slices.IndexFunc(l.reports, func(r shelved) bool { return r.ID == "港口" })].Slot; now == harbourSlot {
		t.Error("a changed report has the slot it had")
	}
	if len(l.entries) != 3 || l.index.Docs() != 5 {
		t.Errorf("%d files, %d passages", len(l.entries), l.index.Docs())
	}
	same(t, l, open(t, dir, t.TempDir()))
}

// same fails unless two libraries answer alike.
func same(t *testing.T, a, b *Library) {
	t.Helper()
	for _, q := range []string{"夜间噪声降到多少分贝", "制茶的作坊有几家", "茶山分几片", "注2", "第一章有哪些注", "江滨港新增了几个泊位", "梨园一年收多少吨梨", "《青石村志》"} {
		x, y := ask(t, a, q), ask(t, b, q)
		if fmt.Sprintf("%+v", stripped1(x)) != fmt.Sprintf("%+v", stripped1(y)) {
			t.Errorf("%s: %+v and built anew %+v", q, x, y)
		}
	}
}

// stripped1 is what of an answer can be compared.
func stripped1(a Answer) (out []string) {
	out = append(out, fmt.Sprint(a.Found, a.Confidence, a.Missing))
	for _, h := range a.Hits {
		out = append(out, fmt.Sprint(h.PassageID, h.Quote, h.Answer, h.Score, len(h.Footnotes)))
	}
	return out
}

// TestManyChanges comes, through joined segments and packs, to what an index
// built at once is.
func TestManyChanges(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "村.jsonl": jsonl})
	m, err := Manage(t.Context(), Options{Path: dir, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	for i := range 24 {
		name := fmt.Sprintf("志%d.txt", i)
		text := fmt.Sprintf("第%d号村志\n一、概况\n第%d号村有%d口水井。[%d]\n", i, i, 100+i, i+1)
		if _, err := m.Add(t.Context(), name, sent(text)); err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			if err := m.Remove(t.Context(), fmt.Sprintf("志%d", i)); err != nil {
				t.Fatal(err)
			}
		}
		if m.now.lib.parsed > 1 {
			t.Fatalf("change %d reads %d files", i, m.now.lib.parsed)
		}
	}
	if _, err := m.Add(t.Context(), "茶.txt", sent(teaHill)); err != nil {
		t.Fatal(err)
	}
	fresh := open(t, dir, t.TempDir())
	same(t, m.now.lib, fresh)
	if a, b := ask(t, m.now.lib, "第8号村有几口水井"), ask(t, fresh, "第8号村有几口水井"); a.Hits[0].PassageID != "志8#p2" || fmt.Sprint(stripped1(a)) != fmt.Sprint(stripped1(b)) {
		t.Errorf("%+v and built anew %+v", a.Hits[0], b.Hits[0])
	}
	folder := filepath.Join(cache, "index", cachedIndexes(t, cache)[0])
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > manyPacks+6 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// TestCutOff cancels an update at every stage: what was there still opens, and
// nothing else is left.
func TestCutOff(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "村.jsonl": jsonl})
	open(t, dir, cache)
	folder := filepath.Join(cache, "index", cachedIndexes(t, cache)[0])
	before, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	left := names(t, folder)
	write(t, dir, map[string]string{"茶.txt": teaHill, "果.txt": orchard})
	for _, stage := range []Stage{StageRead, StageMerge, StageNames} {
		ctx, cancel := context.WithCancel(t.Context())
		l, err := Open(ctx, Options{Path: dir, Cache: cache, Progress: func(p Progress) {
			if p.Stage == stage {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cut off at %s it gives %v, %v", stage, l, err)
		}
		now, err := os.ReadFile(filepath.Join(folder, manifestFile))
		if err != nil || string(now) != string(before) {
			t.Errorf("cut off at %s the manifest is changed, %v", stage, err)
		}
		if _, err := readManifest(folder); err != nil {
			t.Errorf("cut off at %s: %v", stage, err)
		}
	}
	write(t, folder, map[string]string{"seg-77": "left by a crash", "pack-3": "left by a crash"})
	reopen(t, dir, cache, 2)
	if after := names(t, folder); strings.Contains(after, "seg-77") || left == after {
		t.Errorf("in the folder are %s", after)
	}
	same(t, open(t, dir, cache), open(t, dir, t.TempDir()))
}

// TestBrokenReplacement keeps what was read of a file that cannot be read now.
func TestBrokenReplacement(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "村.jsonl": jsonl})
	open(t, dir, cache)
	path := filepath.Join(dir, "港口.txt")
	write(t, dir, map[string]string{"港口.txt": "\x00\x01\x02\xff\xfe\x00"})
	for _, parsed := range []int{1, 0} {
		l := reopen(t, dir, cache, parsed)
		answersHarbour(t, l)
		if w := l.Warnings(); len(w) != 1 || !strings.HasPrefix(w[0], path+": as it was before: ") {
			t.Errorf("warnings %q", w)
		}
		if c, ok := l.Card("港口"); !ok || c.Passages != 2 || len(c.Warnings) != 1 {
			t.Errorf("the card is %+v", c)
		}
	}
	write(t, dir, map[string]string{"港口.txt": strings.Replace(harbour, "12个", "15个", 1)})
	l := reopen(t, dir, cache, 1)
	if a := ask(t, l, "江滨港新增了几个泊位"); a.Hits[0].Answer != "15个" || len(l.Warnings()) != 0 {
		t.Errorf("once whole it answers %q, warnings %q", a.Hits[0].Answer, l.Warnings())
	}
}

// TestTooLarge refuses a file over the limit without reading it.
func TestTooLarge(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "大.txt": "", "大.jsonl": ""})
	for name, size := range map[string]int64{"大.txt": largestFile + 1, "大.jsonl": largestJSONL + 1} {
		if err := os.Truncate(filepath.Join(dir, name), size); err != nil {
			t.Skip(err) // no room, even for a file of holes
		}
	}
	l := open(t, dir, SharedCache(t))
	if w := l.Warnings(); len(w) != 2 || !strings.Contains(w[0], "大.jsonl: left out: a file of 2048 MiB is over the 2048") || !strings.Contains(w[1], "大.txt: left out: a file of 256 MiB is over") {
		t.Errorf("warnings %q", w)
	}
	answersHarbour(t, l)
}

// TestLongJSONL reads a file of many pieces as one of one.
func TestLongJSONL(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < 3*chunkBytes; i++ {
		if i == 3000 {
			b.WriteString("no json\n")
		}
		fmt.Fprintf(&b, `{"id":"p%d","text":"第%d号泵站在%d年换了水泵,%s。"}`+"\n", i%9000, i, 1900+i%100, strings.Repeat("用的是铸铁的叶轮,", 5))
	}
	dir := write(t, t.TempDir(), map[string]string{"长.jsonl": b.String()})
	l := open(t, dir, SharedCache(t))
	c, ok := l.Card("长")
	if !ok || c.Passages != 9000 || l.index.Docs() != 9000 {
		t.Fatalf("the card is %+v, %d passages", c, l.index.Docs())
	}
	if h, ok := l.PassageOf("p8123"); !ok || !strings.HasPrefix(h.Text, "第8123号泵站") || h.Paragraph != 8123 {
		t.Errorf("%+v", h)
	}
	if a := ask(t, l, "第8123号泵站哪年换了水泵"); a.Hits[0].PassageID != "p8123" {
		t.Errorf("%+v", a.Hits[0])
	}
	w := l.Warnings()
	if len(w) < 3 || !strings.Contains(w[0], "line 3001: not a JSON passage") || !strings.Contains(w[1], `line 9002: passage id "p0" is taken by `) {
		t.Errorf("warnings %q", w[:min(3, len(w))])
	}
}

// TestTakenIDComesFree reads a passage whose id another file had, once that
// file is gone.
func TestTakenIDComesFree(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"a.jsonl": jsonl, "b.jsonl": `{"id":"tea-1","text":"别处的茶山在村南。"}` + "\n" + `{"id":"tea-3","text":"别处的茶山只有五亩。"}`})
	if l := open(t, dir, cache); l.index.Docs() != 3 {
		t.Errorf("%d passages", l.index.Docs())
	}
	if err := os.Remove(filepath.Join(dir, "a.jsonl")); err != nil {
		t.Fatal(err)
	}
	l := reopen(t, dir, cache, 1)
	if h, ok := l.PassageOf("tea-1"); !ok || h.Report != "b" || len(l.Warnings()) != 0 {
		t.Errorf("%+v, warnings %q", h, l.Warnings())
	}
}

// TestSpoiltPassage has the index made anew where a passage turns out spoilt.
func TestSpoiltPassage(t *testing.T) {
	cache := t.TempDir()
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	l := open(t, dir, cache)
	folder := filepath.Join(cache, "index", cachedIndexes(t, cache)[0])
	packs, err := filepath.Glob(filepath.Join(folder, "pack-*"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	data, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	data[40] ^= 1
	f, err := os.OpenFile(packs[0], os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(data, 0); err != nil { // in the file that is open
		t.Fatal(err)
	}
	f.Close()
	if a := ask(t, l, "江滨港新增了几个泊位"); len(a.Hits) > 1 || len(l.Warnings()) != 1 {
		t.Errorf("hits %+v, warnings %q", a.Hits, l.Warnings())
	}
	if _, err := os.Stat(filepath.Join(folder, manifestFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the manifest of what is spoilt stays: %v", err)
	}
	answersHarbour(t, reopen(t, dir, cache, 1))
}

// TestCards counts markers with and without notes, and notes without markers.
func TestCards(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"茶.txt": strings.Replace(teaHill, "茶山分三片。[2]", "茶山分三片。[7]", 1)})
	l := open(t, dir, SharedCache(t))
	c, ok := l.Card("茶")
	if !ok || c.Title != "青石村茶山志" || c.Format != "TXT" || c.File != "茶.txt" || c.Passages != 1 || c.Markers != 2 || c.Notes != 2 || c.Matched != 1 || c.Missing != 1 || c.Orphaned != 1 {
		t.Errorf("the card is %+v", c)
	}
	if _, ok := l.Card("无"); ok || len(l.Cards()) != 1 {
		t.Error("a report that is not there has a card")
	}
}

// TestProgress tells how far the reading has come.
func TestProgress(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour, "茶.txt": teaHill})
	var told []Progress
	o := Options{Path: dir, Cache: t.TempDir(), Progress: func(p Progress) { told = append(told, p) }}
	for range 2 {
		l, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
	}
	if len(told) != 5 {
		t.Fatalf("told %+v", told)
	}
	for i, stage := range []Stage{StageRead, StageRead, StageMerge, StageNames, StageDone} {
		if told[i].Stage != stage || told[i].FilesTotal != 2 || told[i].BytesTotal != int64(len(harbour)+len(teaHill)) {
			t.Errorf("%d: %+v", i, told[i])
		}
	}
	if p := told[4]; told[0].Files != 1 || p.Files != 2 || p.Passages != 3 || p.Bytes != p.BytesTotal {
		t.Errorf("told %+v", told)
	}
}
