package zh_test

import (
	"fmt"

	"chuchu/retrieval/zh"
)

func ExampleFold() {
	source := "依〔２０１６〕十八號文，資訊產業增長百分之五點九五"
	folded := zh.Fold(source)
	fmt.Println(folded.Text)
	for _, token := range zh.Bigrams(folded.Text) {
		if token.Text == "5.95%" || token.Text == "产业" {
			start, end := folded.Source(token.Start, token.End)
			fmt.Println(token.Text, "from", source[start:end])
		}
	}
	// Output:
	// 依(2016)18号文,信息产业增长5.95%
	// 产业 from 產業
	// 5.95% from 百分之五點九五
}
