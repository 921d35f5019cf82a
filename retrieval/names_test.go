package retrieval

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"chuchu/retrieval/rank"
)

// market has names that only its own text explains, and passages that print
// the one or the other.
const market = `{"id":"declared","text":"临江市数据资源管理局（以下简称“数管局”）2019年成立。"}
{"id":"short","text":"数管局把停车泊位的数据开放给了三家企业。"}
{"id":"like","text":"办事大厅的取号机由青石档案馆逐台更换。"}
{"id":"long","text":"办事大厅的取号机由数据资源管理局逐台更换。"}
{"id":"title","text":"2020年3月，省里批准了《澜沧江城市带发展规划纲要》，覆盖七座县城。"}
{"id":"plan","text":"“八五”期间修了三座公路桥。"}
{"id":"plan9","text":"第九个五年计划开通了到江南的航线。"}
{"id":"plan7","text":"第七个五年计划开通了到江北的航线。"}
{"id":"other","text":"档案局把地方志的数据卖给了两家书店，取号机仍旧。"}
{"id":"bridge","text":"公路桥归养护站管，规划由测绘院画图。"}
`

func TestNamesBothWays(t *testing.T) {
	l := open(t, filepath.Join(write(t, t.TempDir(), map[string]string{"m.jsonl": market}), "m.jsonl"), SharedCache(t))
	for question, want := range map[string]string{
		"数据资源管理局把哪些数据开放给了企业": "short",
		"数管局怎么更换取号机":         "long",
		"澜沧江规划纲要覆盖几座县城":      "title",
		"第八个五年计划修了几座桥":       "plan",
		"七五期间开通了什么航线":        "plan7",
		"《澜沧江规划纲要》":          "title",
	} {
		a := ask(t, l, question)
		if !a.Found || a.Hits[0].PassageID != want {
			t.Errorf("%s: found %v, %+v, want %s", question, a.Found, a.Hits, want)
		}
		if len(a.Missing) > 0 {
			t.Errorf("%s: %q counts as missing", question, a.Missing)
		}
	}
}

// TestNamesNeverOutrank puts what was asked before what only stands for it.
func TestNamesNeverOutrank(t *testing.T) {
	l := open(t, filepath.Join(write(t, t.TempDir(), map[string]string{"m.jsonl": `{"id":"d","text":"数据资源管理局（以下简称“数管局”）成立了。"}
{"id":"long","text":"数据资源管理局公布了公交线路。"}
{"id":"short","text":"数管局公布了公交线路。"}
`}), "m.jsonl"), SharedCache(t))
	for question, want := range map[string]string{"数管局公布了哪些公交线路": "short", "数据资源管理局公布了哪些公交线路": "long"} {
		if a := ask(t, l, question); len(a.Hits) < 2 || a.Hits[0].PassageID != want || a.Hits[0].Score <= a.Hits[1].Score {
			t.Errorf("%s: %+v", question, a.Hits)
		}
	}
}

// TestNamesKept reads the names beside the index and finds them anew where
// they are spoilt or gone.
func TestNamesKept(t *testing.T) {
	cache := t.TempDir()
	path := filepath.Join(write(t, t.TempDir(), map[string]string{"m.jsonl": market}), "m.jsonl")
	want := open(t, path, cache).pairs
	if len(want) < 3 {
		t.Fatalf("pairs %v", want)
	}
	kept := filepath.Join(cache, "index", cachedIndexes(t, cache)[0], pairsFile)
	good, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	planted := []rank.Pair{{Short: "丁卯厅", Long: "丁卯河工程厅", How: rank.Declared}}
	writePairs(filepath.Dir(kept), planted)
	if got := open(t, path, cache).pairs; !slices.Equal(got, planted) {
		t.Errorf("the names kept are not read: %v", got)
	}
	for name, text := range map[string]string{"spoilt": strings.Replace(string(good), "数管局", "数管厅", 1), "cut short": string(good[:len(good)-4]), "empty": "", "gone": "-"} {
		if err := os.Remove(kept); err != nil {
			t.Fatal(err)
		}
		if name != "gone" {
			write(t, filepath.Dir(kept), map[string]string{pairsFile: text})
		}
		if got := open(t, path, cache).pairs; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if now, err := os.ReadFile(kept); err != nil || string(now) != string(good) {
			t.Errorf("%s: not kept anew: %v", name, err)
		}
	}
}

const teamList = "# 本地的叫法\n铁疙瘩 = 起重机\n蓝房子 食堂\n老地方/碰头处 > 会议室\n岸桥 = 起重机\n"

func TestSynonymsFile(t *testing.T) {
	texts := map[string]string{
		"港口.txt":      "江滨港年报\n一、设备\n码头上有起重机九台,最大的吊重六十吨。\n二、房屋\n会议室在二楼,能坐四十人。\n",
		synonymsFile:  teamList,
		"细目/港史二.txt":  "港史第二卷\n栈桥在1931年塌过一次。\n",
		"细目/仓库.jsonl": `{"id":"w","text":"仓库里存茶叶。"}`,
	}
	for name, encode := range map[string]func(string) (string, error){
		"UTF-8":   func(s string) (string, error) { return s, nil },
		"GB18030": simplifiedchinese.GB18030.NewEncoder().String,
	} {
		list, err := encode(teamList)
		if err != nil {
			t.Fatal(err)
		}
		texts[synonymsFile] = list
		dir := write(t, t.TempDir(), texts)
		l := open(t, dir, SharedCache(t))
		for question, want := range map[string]string{"铁疙瘩有几台": "港口#p2", "老地方在几楼": "港口#p4"} {
			if a := ask(t, l, question); !a.Found || a.Hits[0].PassageID != want {
				t.Errorf("%s, %s: found %v, %+v", name, question, a.Found, a.Hits)
			}
		}
		for _, r := range l.Reports() {
			if r.ID == "synonyms" {
				t.Errorf("%s: the list counts as a report", name)
			}
		}
		path := filepath.Join(dir, synonymsFile)
		want := []string{path + ": line 3: neither '=' nor '>' in \"蓝房子 食堂\"", path + ": line 5: \"起重机\" already stands in the group of line 2"}
		if got := l.Warnings(); len(got) != 2 || !slices.Equal(got, want) {
			t.Errorf("%s: warnings %q, want %q", name, got, want)
		}
	}
}

func TestSynonymsFileAlone(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"only/" + synonymsFile: teamList, "empty/" + synonymsFile: " \n", "empty/港口.txt": harbour, "binary/" + synonymsFile: "\x00\x01\x00\x02", "binary/港口.txt": harbour})
	if l, err := Open(t.Context(), Options{Path: filepath.Join(dir, "only"), Cache: SharedCache(t)}); err == nil {
		l.Close()
		t.Error("a list alone is a library")
	} else if !strings.Contains(err.Error(), errNoReport.Error()) {
		t.Error(err)
	}
	if l := open(t, filepath.Join(dir, "only", synonymsFile), SharedCache(t)); len(l.Reports()) != 1 {
		t.Error("asked for by its path, a file is a report whatever its name")
	}
	if l := open(t, filepath.Join(dir, "empty"), SharedCache(t)); len(l.Warnings()) != 0 {
		t.Errorf("an empty list warns %q", l.Warnings())
	}
	l := open(t, filepath.Join(dir, "binary"), SharedCache(t))
	if w := l.Warnings(); len(w) != 1 || !strings.HasPrefix(w[0], filepath.Join(dir, "binary", synonymsFile)+": left out: not text") {
		t.Errorf("warnings %q", w)
	}
	answersHarbour(t, l)
}
