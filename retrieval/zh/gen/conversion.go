package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// common is the frequency from which a simplified word counts as alive: what
// Taiwan alone means by it is then not read into it.
const common = 24

// taken are phrases that are converted although their simplified spelling is
// alive, or although they hold no traditional character: their sense is the
// same, or the spelling is not one that simplified text uses.
var taken = words(`資訊 透過 訊息 搜尋 網路 塑膠 簡訊 資料庫 腳踏車 專案 訊號 軟體 寬頻
瞭解 瞭解到 不瞭解 明瞭 一目瞭然 瞭如指掌 瞭若指掌 瞭然 反覆 反反覆覆 反覆性 回覆 答覆 重覆 藉口
藉以 藉助 藉此 藉由 藉故 藉着 牴牾 人工智慧 滑鼠 硬碟 磁碟 伺服器 奈米 演算法 部落格 晶片 太空梭`)

// left are phrases that also arise where two words meet (選單 in 候選單位), or
// that mean something else as often as not.
var left = words(`線上 貼上 卡達 對映 內建 組譯 單核心 撥出 丟擲 釋出 縮圖 縮排 選單 點選 遠端 進階
欄位 片語 貝南 賓士 型別 引數 畫素 觸控 頁首 頁尾 例項 除錯 堆疊 截圖 區域網 乙太網 網絡卡 參數列
游標 指令碼 檢視 社羣 喬治亞 冷盤 營運長 技術長 資訊長 執行長 夏農 都會網路 傷心小棧 破圖 結束通話
解除安裝 永續性 喫茶小舖 通話記錄 通話卡 擴充套件 外掛 回撥 低階 擴音 存檔 機率 離線 互動式 視窗
馬利共和國 全域性 擷取 覈取按鈕 覈取方塊 行動資料 電腦保安 調色盤 實體地址 見覆 發覆 電覆 覆電 頗覆
以功覆過 鈞覆 覆帳 蕩覆 於則 於其一 於戲 於單 於坦 於乎 於倫 於潛 於穆 於邑 於敖 於琳 於菟 於世成 於則
於仲完 於勇明 於崇文 於忠祥 於惟一 於清言 於竹屋 乾造 乾道 乾紅 乾宅 乾圖 乾象 乾斷 乾旦 乾元 徵聲 徵調
徵音 變徵 流徵 角徵 徵弦 徵絃 萬鍾 鍛鍾 鍾鍛 資料包 資料來源 行動式 真實模式 匯出 登錄檔 原始檔 繫結
資訊保安`)

// shields are words that would otherwise be torn apart: 投資 and 訊息 meet in
// 投資訊息, where 資訊 is not meant.
var shields = strings.Fields(`投資 外資 物資 出資 融資 工資 師資 滲透 穿透 浸透 規模 強硬 柔軟 電視 重視
影視 設計 統計 會計 審計 多重 雙重 三重 水晶 記憶體現 記憶體驗 部落格局 上網路徑 回覆蓋 反覆蓋`)

// better are values where the first of a table is not the usual word.
var better = map[string]string{"原始碼": "源代码", "運算子": "运算符", "預設值": "默认值"}

func words(list string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// conversion is the way from traditional to simplified characters.
type conversion struct {
	chars   map[rune]rune
	phrases map[string]string
}

// writeConversion composes OpenCC's tables for Taiwan, Hong Kong and plain
// traditional text into one list of characters and one of phrases.
func writeConversion(opencc string, dict []entry) error {
	c := conversion{make(map[rune]rune), make(map[string]string)}
	tables := make(map[string][][2]string)
	for _, name := range []string{"TSCharacters", "TSPhrases", "TWVariantsRev", "HKVariantsRev", "TWPhrasesRev"} {
		table, err := readTable(filepath.Join(opencc, "dictionary", name+".txt"))
		if err != nil {
			return err
		}
		tables[name] = table
	}
	c.addChars(tables["TSCharacters"])
	c.addChars(tables["TWVariantsRev"])
	c.addChars(tables["HKVariantsRev"])
	// These two are characters of simplified text too.
	delete(c.chars, '么')
	delete(c.chars, '著')
	freq := make(map[string]int)
	for _, e := range dict {
		freq[e.word] = e.freq
	}
	c.addOrthographic(tables["TSPhrases"])
	c.addRegional(tables["TWPhrasesRev"], freq)
	for _, word := range shields {
		c.phrases[word] = c.simplify(word)
	}
	if err := c.write(); err != nil {
		return err
	}
	if err := c.writeShared(opencc); err != nil {
		return err
	}
	return copyFile("data/LICENSE-opencc", filepath.Join(opencc, "LICENSE"))
}

// readTable reads "key<tab>value value…" lines, of which the first value counts.
func readTable(path string) ([][2]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		key, values, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok {
			out = append(out, [2]string{key, strings.Fields(values)[0]})
		}
	}
	return out, nil
}

// addChars adds a table of characters, each led on to its simplified form.
func (c conversion) addChars(table [][2]string) {
	first := make(map[rune]rune)
	for _, kv := range table {
		from, _ := utf8.DecodeRuneInString(kv[0])
		to, _ := utf8.DecodeRuneInString(kv[1])
		first[from] = to
	}
	for from, to := range first {
		if next, ok := first[to]; ok {
			to = next
		}
		if next, ok := c.chars[to]; ok {
			to = next
		}
		if _, known := c.chars[from]; !known && from != to && plain(to) {
			c.chars[from] = to
		}
	}
}

// plain tells whether simplified text uses r: a variant that only leads to
// another traditional form is left alone.
func plain(r rune) bool { return !strings.ContainsRune("幺擡潨痹睾檐着", r) }

func (c conversion) simplify(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := c.chars[r]; ok {
			return to
		}
		return r
	}, s)
}

// addOrthographic adds phrases whose characters convert otherwise than alone.
func (c conversion) addOrthographic(table [][2]string) {
	for _, kv := range table {
		if !left[kv[0]] {
			c.add(kv[0], kv[1])
		}
	}
}

// addRegional adds words that Taiwan uses for what the mainland calls otherwise.
func (c conversion) addRegional(table [][2]string, freq map[string]int) {
	for _, kv := range table {
		from, to := kv[0], c.simplify(kv[1])
		if b, ok := better[from]; ok {
			to = b
		}
		plain := c.simplify(from)
		switch {
		case left[from], strings.HasPrefix(to, plain), utf8.RuneCountInString(from) < 2:
		case freq[plain] >= common && !taken[from]:
		default:
			c.add(from, to)
		}
	}
}

// add takes a phrase that changes something and cannot stand in simplified text.
func (c conversion) add(from, to string) {
	if strings.ContainsFunc(from+to, func(r rune) bool { return r < utf8.RuneSelf }) {
		return
	}
	if c.simplify(from) == to || c.simplify(from) == from && !taken[from] {
		return
	}
	c.phrases[from] = to
}

func (c conversion) write() error {
	var chars, phrases []string
	for from, to := range c.chars {
		chars = append(chars, fmt.Sprintf("%c\t%c\n", from, to))
	}
	for from, to := range c.phrases {
		phrases = append(phrases, from+"\t"+to+"\n")
	}
	slices.Sort(chars)
	slices.Sort(phrases)
	if err := os.WriteFile(filepath.Join(root, "data", "chars.txt"), []byte(strings.Join(chars, "")), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "data", "phrases.txt"), []byte(strings.Join(phrases, "")), 0o644)
}
