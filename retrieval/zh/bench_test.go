package zh

import (
	"strings"
	"testing"
)

// benchTexts are a simplified and a traditional text of about 100 KB.
var benchTexts = map[string]string{
	"simplified":  strings.Repeat("2016年，全市常住人口2172.9万人，比上年末增加2.4万人，其中城镇人口占百分之八十六点五。要坚持以人为本，推进一带一路建设，三个重点区域、七家单位共同参与公共政策的制定与执行。", 400),
	"traditional": strings.Repeat("二〇一六年，全市常住人口兩千一百七十二萬人，其中城鎮人口佔百分之八十六點五。資訊網路與軟體產業發展迅速，關係到後來的經濟計畫，應當準確瞭解。", 400),
}

func BenchmarkFold(b *testing.B) {
	for name, text := range benchTexts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Fold(text)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	seg, text := segmenter(b), FoldText(benchTexts["simplified"])
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		seg.Search(text)
	}
}

func BenchmarkBigrams(b *testing.B) {
	text := FoldText(benchTexts["simplified"])
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Bigrams(text)
	}
}
