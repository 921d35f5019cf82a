package zh

import (
	"strings"
	"testing"

	"github.com/longbridgeapp/opencc"
)

func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		text                         string
		han, traditional, simplified int
	}{
		{"", 0, 0, 0},
		{"What is it? 27", 0, 0, 0},
		{"里后台面于干系云谷松征舍丑斗范咸致余几只了吃着", 23, 0, 0}, // valid in both
		{"乾坤徵羽於夥著瞭", 8, 0, 0},                 // kept by simplified text for some words
		{"北京有多少人口", 7, 0, 0},
		{"上海自贸区扩区后面积有多大", 13, 0, 5},
		{"上海自貿區擴區後面積有多大", 13, 6, 0},
		{"臺灣與香港的關係", 8, 5, 0},
		{"什么时候开始", 6, 0, 3},
		{"什麼時候開始", 6, 3, 0},
		{"\xff貿\x00", 1, 1, 0},
	} {
		han, traditional, simplified := Scripts(tt.text)
		if han != tt.han || traditional != tt.traditional || simplified != tt.simplified {
			t.Errorf("Scripts(%q) = %d, %d, %d, want %d, %d, %d", tt.text, han, traditional, simplified, tt.han, tt.traditional, tt.simplified)
		}
	}
}

func TestTraditional(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "人口": false, "What?": false, "后面": false, "面積": true, "面积": false,
		"黄霑写了多少首歌":  false, // a name in the other script
		"习近平說過什麼話嗎": true,
	} {
		if Traditional(text) != want {
			t.Errorf("Traditional(%q) is %v", text, !want)
		}
	}
}

// TestScriptsAgree compares every character of the tables with OpenCC: what
// only traditional text has, it converts to simplified; what only simplified
// text has, to traditional.
func TestScriptsAgree(t *testing.T) {
	convert := map[bool][]*opencc.OpenCC{}
	for name, traditional := range map[string]bool{"t2s": true, "tw2s": true, "hk2s": true, "s2t": false, "s2tw": false, "s2hk": false} {
		cc, err := opencc.New(name)
		if err != nil {
			t.Fatal(err)
		}
		convert[traditional] = append(convert[traditional], cc)
	}
	counts := map[bool]int{}
	for r, traditional := range scripts() {
		counts[traditional]++
		changed := false
		for _, cc := range convert[traditional] {
			to, err := cc.Convert(string(r))
			if err != nil {
				t.Fatal(err)
			}
			changed = changed || to != string(r)
		}
		if !changed {
			t.Errorf("%c counts as traditional: %v, which OpenCC denies", r, traditional)
		}
	}
	if counts[true] < 4000 || counts[false] < 3500 {
		t.Errorf("%d traditional and %d simplified characters", counts[true], counts[false])
	}
	if strings.TrimSpace(sharedTable) == "" {
		t.Error("no character is shared")
	}
}
