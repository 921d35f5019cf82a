package lex

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

func testEnglish(t *testing.T) *English {
	t.Helper()
	table, err := ParseTable(strings.NewReader("air\t空气\nair quality\t空气态\ncarry on\t坚持\ncity\t城市\nin house\t内部\nper capita\t人均\npolice\t警察\nsettlement of dispute\t争端解决\nstate\t国家\nthe one\t真爱\n"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := ParseEnglish(strings.NewReader("# hand\nair quality > 空气质量\nState Council > 国务院\nnew-energy vehicle/NEV > 新能源汽车\nfine > 罚款 处罚\nmaker space > 众创空间\nprogram > 计划\nset up > 设立\nin the end > -\nresidents' committee > 居委会\n"), table)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLookup(t *testing.T) {
	e := testEnglish(t)
	for question, want := range map[string]string{
		"What is the air quality of the cities":     "3-5 air quality 空气质量|7-8 city 城市", // hand hides table, longest first
		"the State Council of a state":              "1-3 state council 国务院|5-6 state 国家",
		"New-Energy Vehicles, fined!":               "0-2 new energy vehicle 新能源汽车|2-3 fine 罚款 处罚",
		"new energy vehicles":                       "0-3 new energy vehicle 新能源汽车",
		"Maker Spaces per capita":                   "0-2 maker space 众创空间|2-4 per capita 人均",
		"the city’s programmes":                     "1-2 city 城市|2-3 program 计划",
		"settlement of disputes":                    "0-3 settlement of dispute 争端解决", // a stop word inside is fine
		"what is the one":                           "",                               // but ends nothing
		"in house":                                  "",                               // and starts nothing
		"carry on":                                  "",
		"they were setting up, in the end, nothing": "2-4 set up 设立|4-7 in the end ", // the list may begin and end with stop words
		"the Residents’ Committee":                  "1-3 residents committee 居委会",
		"unknownword":                               "",
		"":                                          "",
	} {
		var got []string
		for _, p := range e.Lookup(strings.Fields(question)) {
			got = append(got, fmt.Sprintf("%d-%d %s %s", p.From, p.To, p.English, strings.Join(p.Chinese, " ")))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", question, got, want)
		}
	}
}

func TestLookupGivesCopies(t *testing.T) {
	e := testEnglish(t)
	e.Lookup([]string{"fine"})[0].Chinese[0] = "坏"
	if got := e.Lookup([]string{"fine"}); got[0].Chinese[0] != "罚款" {
		t.Errorf("a caller's change came back: %v", got)
	}
}

func TestParseEnglishNamesTheLine(t *testing.T) {
	for _, bad := range []string{
		"fine > 罚款\nfine > 好\n",
		"# x\nair = 空气\n",
		"x > 一\none two three four five > 五\n",
		"x > 一\nair >\n",
	} {
		if _, err := ParseEnglish(strings.NewReader(bad), nil); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: want an error at line 2, got %v", bad, err)
		}
	}
}

func TestForms(t *testing.T) {
	for word, want := range map[string]string{
		"cities": "city", "taxes": "tax", "zones": "zone", "issuing": "issue", "planned": "plan", "built": "build",
		"applied": "apply", "rising": "rise", "controlled": "control", "China's": "china", "residents'": "resident",
		"labour": "labor", "organised": "organize", "centre": "center", "urbanisation": "urbanization", "people": "person",
		"processed": "process", "installing": "install", "companies": "company", "buses": "bus", "Programmes": "program",
		"strictest": "strict", "dirtier": "dirty", "bigger": "big", "used": "use", "steadily": "steady", "neighbourhoods": "neighborhood",
		"wolves": "wolf", "defence": "defense", "frozen": "freeze",
	} {
		if got := Forms(word); !slices.Contains(got, want) {
			t.Errorf("Forms(%q) = %q lacks %q", word, got, want)
		}
	}
	for word, not := range map[string]string{"gas": "ga", "process": "proces", "bus": "bu", "thing": "th", "red": "r", "used": "us"} {
		if got := Forms(word); got[0] != word || slices.Contains(got, not) {
			t.Errorf("Forms(%q) = %q", word, got)
		}
	}
}

// TestShippedEnglish reads whole questions with the shipped lists.
func TestShippedEnglish(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string][]string{
		"When did the State Council approve the free trade zone":    {"国务院", "批准", "自贸区"},
		"per capita disposable income of rural residents":           {"人均", "可支配收入", "农村", "居民"},
		"fine for burning coal in Shenzhen":                         {"罚款", "煤炭", "深圳"},
		"academicians hired by key laboratories":                    {"院士", "重点实验室"},
		"traffic jams in the Pearl River Delta":                     {"交通拥堵", "珠三角"},
		"cities with the worst sulphur dioxide":                     {"城市", "最差", "二氧化硫"},
		"maker spaces at the national level in the second batch":    {"众创空间", "国家级", "第二批"},
		"drinking water, solid waste and noise":                     {"饮用水", "固体废物", "噪声"},
		"Which province has the largest floating population":        {"省", "最大", "流动人口"},
		"Is Hangzhou's e-commerce growing faster than Guangzhou's?": {"杭州", "电子商务", "增长", "广州"},
	} {
		var zh []string
		for _, p := range l.English.Lookup(strings.Fields(question)) {
			zh = append(zh, p.Chinese...)
		}
		for _, w := range want {
			if !slices.Contains(zh, w) {
				t.Errorf("%q: %q lacks %q", question, zh, w)
			}
		}
	}
}

func TestReadersShareTheLexicon(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, w := range []string{"堵车", "沪", "工人"} {
				if len(l.Synonyms.Expand(w)) == 0 {
					t.Errorf("%q expands to nothing", w)
				}
			}
			if len(l.Near.Words("工人")) == 0 || len(l.English.Lookup([]string{"air", "quality"})) != 1 {
				t.Error("a reader found nothing")
			}
		})
	}
	wg.Wait()
}

// TestEveryEntryIsFound holds every key of the shipped list to being found
// whole in a question that has its words: one that is not is dead.
func TestEveryEntryIsFound(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for key := range l.English.hand {
		words := strings.Fields(key)
		found := l.English.Lookup(words)
		if len(found) != 1 || found[0].English != key || found[0].To != len(words) {
			t.Errorf("%q is never found whole: %v", key, found)
		}
	}
}
