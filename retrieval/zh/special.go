package zh

// compatible are the ranges whose runes fold to their compatibility form
// (NFKC). Circled and bracketed numbers, superscripts and the like are not
// among them: they are markers, and a marker is no number.
var compatible = []struct{ first, last rune }{
	{0x2160, 0x217F},   // Roman numerals
	{0x2E9F, 0x2E9F},   // radicals that are characters
	{0x2EF3, 0x2EF3},   //
	{0x2F00, 0x2FD5},   // Kangxi radicals
	{0x3371, 0x33DF},   // squared units: ㎡ ㎞ ㏄
	{0xF900, 0xFAD9},   // compatibility ideographs
	{0xFB00, 0xFB06},   // Latin ligatures
	{0xFE10, 0xFE19},   // vertical forms
	{0xFE30, 0xFE44},   //
	{0xFE47, 0xFE48},   //
	{0xFE50, 0xFE6B},   // small forms
	{0xFF01, 0xFF9D},   // full-width ASCII, half-width kana
	{0xFFE0, 0xFFE2},   // ￠ ￡ ￢
	{0xFFE4, 0xFFE6},   // ￤ ￥ ￦
	{0x2F800, 0x2FA1D}, // compatibility ideographs, supplement
}

func isCompatible(r rune) bool {
	for _, c := range compatible {
		if r >= c.first && r <= c.last {
			return true
		}
	}
	return false
}

// special are the runes of which several forms fold to one, and those that
// fold to nothing. White space, controls and commas are dealt with in place.
var special = map[rune]string{
	// Brackets: a document number is the same in any of them.
	'[': "(", ']': ")", '〔': "(", '〕': ")", '【': "(", '】': ")",
	'〖': "(", '〗': ")", '〘': "(", '〙': ")", '⟦': "(", '⟧': ")",
	// Quotes.
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '「': `"`, '」': `"`, '『': `"`, '』': `"`,
	'〝': `"`, '〞': `"`, '〟': `"`, '«': `"`, '»': `"`,
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '`': "'", '´': "'",
	'〈': "《", '〉': "》",
	// Dashes and the signs used for them.
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '─': "-",
	'━': "-", '~': "-", '〜': "-", '∼': "-", '〰': "-",
	// Points.
	'•': "·", '‧': "·", '∙': "·", '⋅': "·", '・': "·", '⋯': "…", '∶': ":", '∕': "/", '⁄': "/",
	// Nothing: soft hyphen, zero-width and direction marks, variation selectors.
	'\u00AD': "", '\u200B': "", '\u200C': "", '\u200D': "", '\u200E': "", '\u200F': "",
	'\u202A': "", '\u202B': "", '\u202C': "", '\u202D': "", '\u202E': "", '\u2060': "", '\uFEFF': "",
	'\uFE00': "", '\uFE01': "", '\uFE02': "", '\uFE0E': "", '\uFE0F': "",
	'\U000E0100': "", '\U000E0101': "", '\U000E0102': "", '\U000E0103': "",
}
