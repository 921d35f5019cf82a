package report

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// legacy is an encoding of Chinese text that is none of Unicode's.
type legacy struct {
	encoding.Encoding
	name string
	// the first bytes of the characters that its standard holds to be in
	// common use, and the ranges of their second bytes
	first  [2]byte
	second [][2]byte
}

// sampleBytes is how much of a file is read to tell its encoding.
const sampleBytes = 64 << 10

// What a character tells, as the logarithm of its chance in Chinese text. Both
// encodings give nearly any two bytes some character: the frequent ones tell.
const (
	signChance     = -5.0 // ASCII and punctuation
	frequentChance = -6.5
	commonChance   = -10.0
	rareChance     = -14.0
	badChance      = -25.0 // no character at all
)

// tellLegacy tells the encoding of Chinese text that is not in UTF-8 or UTF-16:
// Big5, Hong Kong's characters among it, where that makes the likelier text.
func tellLegacy(data []byte) legacy {
	gb := legacy{simplifiedchinese.GB18030, "GB18030", [2]byte{0xB0, 0xD7}, [][2]byte{{0xA1, 0xFE}}}
	big5 := legacy{traditionalchinese.Big5, "Big5", [2]byte{0xA4, 0xC6}, [][2]byte{{0x40, 0x7E}, {0xA1, 0xFE}}}
	sample, chances := legacySample(data), charChances(gb, big5)
	if big5.chance(sample, chances) > gb.chance(sample, chances) {
		return big5
	}
	return gb
}

// legacySample is a part of the data, from the line of its first byte beyond ASCII.
func legacySample(data []byte) []byte {
	at := max(0, bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }))
	at = bytes.LastIndexByte(data[:at], '\n') + 1
	return data[at:min(len(data), at+sampleBytes)]
}

// chance is the logarithm of the chance of data being text in this encoding.
func (l legacy) chance(data []byte, chances []float64) (sum float64) {
	for _, r := range l.decode(data) {
		switch {
		case r < utf8.RuneSelf:
			sum += signChance
		case r == utf8.RuneError, r < 0xA0, r >= 0xE000 && r <= 0xF8FF: // controls, private use
			sum += badChance
		case int(r) < len(chances) && chances[r] != 0:
			sum += chances[r]
		default:
			sum += rareChance
		}
	}
	return sum
}

// decode is data as text, U+FFFD where it is none in this encoding.
func (l legacy) decode(data []byte) string {
	out, _ := l.NewDecoder().Bytes(data) // these decoders replace, and report nothing
	return string(out)
}

// charChances are the chances of the characters that are not rare, by their
// code points; 0: it is rare.
func charChances(encodings ...legacy) []float64 {
	out := make([]float64, 1<<16)
	for _, l := range encodings {
		var pairs []byte
		for a := l.first[0]; a <= l.first[1]; a++ {
			for _, s := range l.second {
				for b := s[0]; b <= s[1]; b++ {
					pairs = append(pairs, a, b)
				}
			}
		}
		for _, r := range l.decode(pairs) {
			if r >= utf8.RuneSelf && r != utf8.RuneError {
				out[r] = commonChance
			}
		}
	}
	for _, r := range frequentChars {
		out[r] = frequentChance
	}
	for _, r := range "，。、；：？！“”‘’「」『』《》〈〉（）【】〔〕—…·　" {
		out[r] = signChance
	}
	return out
}

// frequentChars are the 600 most frequent characters of jieba's dictionary, with
// their traditional forms: three in four of those in running text.
const frequentChars = "一人是不了在中国國大有和为為这這上个個箇他地年会會我来來以出齣到时時生的要学學民说說道下也于於们們发發髮后後子家傢就成行" +
	"主之可对對得自长長作你分多天方用过過业業全市着等能部公工政本法经經而都里裡门門面麪麫麵高事代动動北区區去同定小心日进進那" +
	"产產其军軍前如开開所然种種起还還与與体體力外好机機现現理表錶三两兩么麼麽从從关關只衹隻实實山当噹當文新明水重东東内內制製" +
	"化南又名员員头頭安将將平建手无無最月此没沒者西间間些但加十口各城已度想正相看见見通位合閤她常性意战戰海点點物由第院二使入" +
	"原向嚮因场場情数數样樣次武治立身万萬任元利务務及委并並併应應把教江省知石级級老被资資路量问問世回迴展总總期比气氣汉漢湖特" +
	"电電系係繫美义義先品声聲很或提王社科设設金儿兒共别別彆司四基处處太女己形目直统統计計队隊领領首马馬书書今保决決几幾华華变" +
	"變命导導少州府张張才纔打报報更术朮術权權果活流清称稱程米给給至解议議话話五交京便再县縣反它师師式接改放族条條河白管结結色" +
	"规規走达達题題什信做光党黨取受听聽布佈强強指济濟百组組论論运運风風件传傳何兵却卻号號带帶技斯界真眼神类類职職花记記选選黄" +
	"黃专專农農历曆歷古史增完官干乾幹榦广廣据據每空联聯质質边邊阳陽难難集举舉争爭众眾衆住具即卽叫台檯臺颱商团團糰土备備德必感" +
	"收李林步死求游遊皇研笑线綫線考言认認调調车車转轉近连連非亲親价價克剋单單型士始尔爾思拉持朝根格红紅英让讓该該较較造际際革" +
	"亚亞候准準则則功千韆周週器图圖字属屬往快极極校段深火积積究约約育令像八办辦半参參吃喫告复復複帝影精装裝观觀许許鱼魚值划劃" +
	"势勢包夫容息投整料断斷望构構源热熱示算网網群羣股语語象远遠铁鐵随隨且乐樂企况況列双雙境局侷居引律怎推支早服未派满滿爱愛片" +
	"病纪紀编編觉覺证証證越速除需低击擊初响響均失存客察志誌施曾标標消率球甚确確站织織般节節药藥请請轻輕防青项項飞飛龙龍余餘兴" +
	"興创創副占佔宝寶左巴护護易星显顯木村洲照离離素罗羅置营營落虽雖视視试試费費足食黑严嚴乡鄉仅僅倒六切另围圍央宫宮富席蓆底房" +
	"批按故斗鬥杀殺查案桥橋模环環突维維"
