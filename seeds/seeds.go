// Package seeds carries the shipped report, so that the program answers
// without any file beside it.
package seeds

import "embed"

// Reports holds the shipped reports, one file each.
//
//go:embed *.txt
var Reports embed.FS

// Questions are three things that the shipped report answers, for a first try,
// by the code of the language they are put in.
func Questions() map[string][]string {
	return map[string][]string{
		"zh-hans": {"上海自贸区扩区后面积有多大？", "北京有多少位两院院士？", "注27讲什么"},
		"zh-hant": {"上海自貿區擴區後面積有多大？", "北京有多少位兩院院士？", "註27講什麼"},
		"en":      {"How large is the Shanghai free trade zone after its expansion?", "How many academicians are there in Beijing?", "What is note 27 about?"},
	}
}
