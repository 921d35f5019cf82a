package words

import "regexp"

// warnings are what the reader of a file warns of, as it says it in English.
var warnings = []struct {
	says                    *regexp.Regexp
	simplified, traditional string
}{
	{whole(`converted from (.+)`), "文件的编码是 ${1}，已经转换", "文件的編碼是 ${1}，已經轉換"},
	{whole(`(\d+) invalid or NUL bytes, each read as a space; the first is here`), "有${1}个字节不是文字，各读作一个空格", "有${1}個字節不是文字，各讀作一個空格"},
	{whole(`the label of note (\[.+\]) is damaged; its place in the order is certain`), "注${1}的编号残缺，按次序认得出", "註${1}的編號殘缺，按次序認得出"},
	{whole(`this may be note (\[.+\]), its label damaged; it is left in the text`), "有一段可能是注${1}，编号残缺，留在正文里", "有一段可能是註${1}，編號殘缺，留在正文裡"},
	{whole(`the caption stands without its table: (.+)`), "只有表题，没有表：${1}", "只有表題，沒有表：${1}"},
	{whole(`a (?:line|block|paragraph) of (\d+) bytes is left out: over \d+ no reader could be shown it`), "有一段文字太长（${1}字节），没有收", "有一段文字太長（${1}字節），沒有收"},
	{whole(`it is not certain which of these lists of notes belongs to which chapter`), "不能确定哪一组注属于哪一章", "不能確定哪一組註屬於哪一章"},
	{whole(`over (\d+) markers stand before here; those behind are left as text`), "注号超过${1}个，后面的当作正文", "註號超過${1}個，後面的當作正文"},
	{whole(`references that lead to no note: (.+)`), "这些注号没有对应的注：${1}", "這些註號沒有對應的註：${1}"},
	{whole(`notes that nothing refers to: (.+)`), "正文没有标出这些注：${1}", "正文沒有標出這些註：${1}"},
	{whole(`references whose notes have no text: (\d+)`), "有${1}个注号，它们的注没有文字", "有${1}個註號，它們的註沒有文字"},
	{whole(`reference (\[.+\]) points to a (?:footnote|endnote) that the file lacks`), "文件里没有${1}指的那条注", "文件裡沒有${1}指的那條註"},
	{whole(`\[\^(.+)\] refers to a note that is not there`), "没有[^${1}]指的那条注", "沒有[^${1}]指的那條註"},
	{whole(`the text refers nowhere to (\d+) of the file's (?:footnote|endnote)s`), "文件里有${1}条注，正文没有标出", "文件裡有${1}條註，正文沒有標出"},
	{whole(`nothing refers to note (\[.+\])`), "正文没有标出注${1}", "正文沒有標出註${1}"},
	{whole(`note (\[.+\]) is empty`), "注${1}是空的", "註${1}是空的"},
	{whole(`note (\[.+\]) is defined twice; references are to the first`), "注${1}写了两次，用前一条", "註${1}寫了兩次，用前一條"},
	{whole(`notes are numbered by page, and the file does not say where its pages end: their numbers may differ from print`), "注按页编号，文件没有说明分页，编号可能和印本不同", "註按頁編號，文件沒有說明分頁，編號可能和印本不同"},
	{whole(`pictures without text, left out \(pages (.+)\)`), "第${1}页是图片，没有文字，没有收", "第${1}頁是圖片，沒有文字，沒有收"},
	{whole(`left out: their fonts do not say which characters they print \(pages (.+)\)`), "第${1}页的字体没有说明印的是哪些字，没有收", "第${1}頁的字體沒有說明印的是哪些字，沒有收"},
	{whole(`damaged, left out \(pages (.+)\)`), "第${1}页损坏了，没有收", "第${1}頁損壞了，沒有收"},
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?s:` + pattern + `)$`) }

// Warning is what the reader of a file warned of, in a language; what has no
// words of its own stays as it is.
func Warning(text string, l Language) string {
	if l == English {
		return text
	}
	for _, w := range warnings {
		if w.says.MatchString(text) {
			to := w.simplified
			if l == Traditional {
				to = w.traditional
			}
			return w.says.ReplaceAllString(text, to)
		}
	}
	return text
}
