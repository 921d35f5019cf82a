package zh

import "testing"

func TestBackground(t *testing.T) {
	b := NewBackground()
	for word, want := range map[string]float64{
		"什么": 3.5669, "中国": 3.0273, "治理": 6.7237, "大都市": 9.3574, "规划": 5.9619, "生化学": UnknownIDF,
		"无此一词": UnknownIDF, "": UnknownIDF, "2": 4, "18": 6, "2016": 10, "123456789": UnknownIDF,
	} {
		if got := b.Word(word); got < want-idfStep || got > want+idfStep {
			t.Errorf("Word(%q) = %v, want %v", word, got, want)
		}
	}
	if b.Word("市") != b.Char('市') {
		t.Error("a word of one character has that character's idf")
	}
	order := []rune("是大市诉鳐𪛖")
	for i := 1; i < len(order); i++ {
		if b.Char(order[i-1]) >= b.Char(order[i]) {
			t.Errorf("%c is commoner than %c", order[i-1], order[i])
		}
	}
	if got := b.Char('是'); got < 0 || got > 0.5 {
		t.Errorf("是 has idf %v", got)
	}
	if got := b.Char('𪛖'); got != UnknownIDF {
		t.Errorf("an unknown character has idf %v", got)
	}
}

func TestBackgroundTablesSorted(t *testing.T) {
	for name, table := range map[string]struct {
		records string
		size    int
	}{"words": {wordsIDF, 6}, "chars": {charsIDF, 4}} {
		if len(table.records)%table.size != 0 || len(table.records)/table.size < 10_000 {
			t.Fatalf("%s: %d bytes", name, len(table.records))
		}
		for i := table.size; i < len(table.records); i += table.size {
			if table.records[i-table.size:i-1] >= table.records[i:i+table.size-1] {
				t.Fatalf("%s: records not in order at %d", name, i)
			}
		}
	}
}
