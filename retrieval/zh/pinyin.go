package zh

import "github.com/mozillazg/go-pinyin"

// Pinyin gives the toneless syllable of every Han character of han, in its
// first reading; a character that has none stands for itself. What is not Han
// is left out.
func Pinyin(han string) []string {
	args := pinyin.NewArgs()
	out := make([]string, 0, len(han)/3)
	for _, r := range han {
		if !IsHan(r) {
			continue
		}
		syllable := string(r)
		if readings := pinyin.SinglePinyin(r, args); len(readings) > 0 {
			syllable = readings[0]
		}
		out = append(out, syllable)
	}
	return out
}
