package main

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dictionary is in the format of CC-CEDICT, with the traps it has.
const dictionary = "module.exports = `# CC-CEDICT\n#! entries=20\n" + `污染 污染 [wu1 ran3] /(lit. and fig.) to pollute; to contaminate/
沾染 沾染 [zhan1 ran3] /to pollute (often fig.)/
公害 公害 [gong1 hai4] /pollution/
省份 省份 [sheng3 fen4] /province/
深圳 深圳 [Shen1 zhen4] /see 深圳市[Shen1 zhen4 Shi4]/
深圳市 深圳市 [Shen1 zhen4 Shi4] /Shenzhen, sub-provincial city in Guangdong Province 廣東省|广东省[Guang3 dong1 Sheng3]/
王 王 [Wang2] /surname Wang/
自由貿易區 自由贸易区 [zi4 you2 mao4 yi4 qu1] /free trade zone/free trade area/
自貿區 自贸区 [zi4 mao4 qu1] /abbr. for 自由貿易區|自由贸易区[zi4 you2 mao4 yi4 qu1]/
人均 人均 [ren2 jun1] /per capita; averaged per person/
程式 程式 [cheng2 shi4] /(Tw) (computer) program/
某人 某人 [Mou3 Ren2] /Mou Ren (1893–1976), leader/
垃圾 垃圾 [la1 ji1] /trash/Taiwan pr. [le4 se4]/CL:個|个[ge4]/
電腦 电脑 [dian4 nao3] /computer/CL:臺|台[tai2]/
計算機 计算机 [ji4 suan4 ji1] /computer/
工廠 工厂 [gong1 chang3] /plant/
植物 植物 [zhi2 wu4] /plant/
歐陽 欧阳 [Ou1 yang2] /surname Ouyang/
資本 资本 [zi1 ben3] /capital/
資金 资金 [zi1 jin1] /capital/
首都 首都 [shou3 du1] /capital/
京都 京都 [jing1 du1] /capital/
農夫 农夫 [nong2 fu1] /peasant; farmer/
農民 农民 [nong2 min2] /peasant; farmer/
城邑 城邑 [cheng2 yi4] /cities/
城市 城市 [cheng2 shi4] /city; town/` + "`"

const frequencies = `污染 5000 vn
沾染 200 v
公害 100 n
省份 2000 n
深圳 3000 ns
深圳市 40 ns
自由贸易区 41 nt
自贸区 30 j
人均 900 n
垃圾 1500 n
电脑 4000 n
计算机 9000 n
工厂 6000 n
植物 5000 n
欧阳 900 nr
资本 9000 n
资金 9000 n
首都 9000 n
京都 900 n
农夫 400 n
农民 20000 n
城邑 30 n
城市 30000 n
`

// build runs the whole program on the fixture and reads a table back.
func build(t *testing.T, name string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	c, f := filepath.Join(dir, "c.js"), filepath.Join(dir, "f.txt")
	for path, text := range map[string]string{c: dictionary, f: frequencies} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(c, f, dir, true); err != nil {
		t.Fatal(err)
	}
	zipped, err := os.Open(filepath.Join(dir, name+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer zipped.Close()
	z, err := gzip.NewReader(zipped)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || string(plain) != string(b) {
		t.Fatalf("the plain table differs from the gzipped one (%v)", err)
	}
	rows := map[string]string{}
	var keys []string
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		k, v, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("no tab in %q", line)
		}
		rows[k], keys = v, append(keys, k)
	}
	if !slices.IsSorted(keys) {
		t.Errorf("keys not sorted: %q", keys)
	}
	return rows
}

func TestEnglishTable(t *testing.T) {
	rows := build(t, "en2zh.tsv")
	for key, want := range map[string]string{
		"free trade zone": "自贸区 自由贸易区", // the short form inherits its full name's gloss
		"per capita":      "人均",
		"shenzhen":        "深圳 深圳市", // the commoner first; the explanation behind the comma gone
		"pollute":         "污染 沾染 公害",
		"pollution":       "公害 污染 沾染", // its own word first, then its family's
		"province":        "省份",
		"computer":        "计算机 电脑",
		"city":            "城市",
	} {
		if rows[key] != want {
			t.Errorf("%q: got %q, want %q", key, rows[key], want)
		}
	}
	for _, key := range []string{"surname wang", "wang", "surname ouyang", "ouyang", "program", "mou ren", "cl", "taiwan pr", "cities", "guangdong province"} {
		if v, ok := rows[key]; ok {
			t.Errorf("%q should be left out, has %q", key, v)
		}
	}
}

func TestSynonymTable(t *testing.T) {
	rows := build(t, "zhsyn.tsv")
	for key, want := range map[string]string{
		"农民":    "农夫",
		"农夫":    "农民",
		"污染":    "沾染",
		"首都":    "京都", // "capital" joins towns with towns, money with money
		"电脑":    "计算机",
		"自贸区":   "自由贸易区", // by the dictionary's own reference
		"自由贸易区": "自贸区",
	} {
		if rows[key] != want {
			t.Errorf("%q: got %q, want %q", key, rows[key], want)
		}
	}
	for _, key := range []string{"工厂", "植物", "深圳"} { // "plant" means two things; 深圳市 overlaps anyway
		if v, ok := rows[key]; ok {
			t.Errorf("%q should have no pair, has %q", key, v)
		}
	}
}

func TestBadInput(t *testing.T) {
	if _, err := parseCedict(strings.NewReader("# only a comment\n")); err == nil {
		t.Error("a file without an entry was accepted")
	}
	if _, err := readFrequencies(strings.NewReader("好 5 a\n坏 many a\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a bad frequency must name its line, got %v", err)
	}
}

func TestSplitSense(t *testing.T) {
	got := splitSense("to use (a tool; a word); to employ")
	want := []string{"to use (a tool; a word)", " to employ"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStemBringsFamiliesTogether(t *testing.T) {
	for _, pair := range [][2]string{{"congested", "congestion"}, {"approve", "approval"}, {"investment", "invest"}} {
		if stem(pair[0]) != stem(pair[1]) {
			t.Errorf("%s and %s: %s, %s", pair[0], pair[1], stem(pair[0]), stem(pair[1]))
		}
	}
}

func TestAmbiguousGlossNeedsSupport(t *testing.T) {
	m := func(glosses ...string) member {
		w := map[string]float64{}
		for _, g := range glosses {
			w[g] = 1
		}
		return member{weights: w, mass: 1}
	}
	members := map[string]member{"首都": m("capital"), "京都": m("capital"), "资本": m("capital"), "国会": m("capital", "seat of power"), "朝廷": m("capital", "seat of power")}
	specific := map[string]float64{"capital": 0.9, "seat of power": 0.1}
	for pair, want := range map[[2]string]bool{
		{"首都", "资本"}: false, // nothing but the ambiguous gloss
		{"首都", "京都"}: true,  // a common character
		{"国会", "朝廷"}: true,  // a second common gloss
	} {
		if got := similarity(pair[0], pair[1], members, specific) >= minScore; got != want {
			t.Errorf("%v pair up: %v, want %v", pair, got, want)
		}
	}
}
