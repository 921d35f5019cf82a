package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// lines are the blocks of a source, each with what it is if it is no plain body.
func webLines(s *source) string {
	var out []string
	for _, b := range s.blocks {
		t := b.text
		if b.kind != Body {
			t = kindNames[b.kind] + ":" + t
		}
		if b.level > 0 {
			t = fmt.Sprint(b.level) + t
		}
		if b.code {
			t = "code:" + t
		}
		out = append(out, t)
	}
	return strings.Join(out, "\n")
}

// refLines are the references of a source with the notes they lead to.
func refLines(s *source) string {
	var out []string
	for _, b := range s.blocks {
		for _, r := range b.refs {
			note := "-"
			if r.note >= 0 {
				note = s.notes[r.note].text
			}
			out = append(out, fmt.Sprintf("%s=%s:%s", b.text[r.Start:r.End], r.label, note))
		}
	}
	return strings.Join(out, "\n")
}

func TestHTMLBlocks(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", "<p>甲。</p><p> 乙\t丙 </p>丁<div>戊<p>己</p>庚</div>", "甲。\n乙 丙\n丁\n戊\n己\n庚"},
		{"lines between Han", "<p>上游\n 下游,\n中游</p><p>a\nb 甲 乙</p>", "上游下游,中游\na b 甲 乙"},
		{"lists", "<ul><li>甲<ul><li>乙</li></ul></li></ul><dl><dt>丙</dt><dd>丁</dd></dl>", "甲\n乙\n丙\n丁"},
		{"headings", "<p>甲。</p><h1>乙</h1><h3>丙</h3><p>丁</p>", "甲。\n1heading:乙\n3heading:丙\n丁"},
		{"the title opens the text", "<h1>乙</h1><h1>丙</h1><p>丁</p>", "title:乙\n1heading:丙\n丁"},
		{"code", "<pre>a [1]\n  b</pre>", "code:a [1] b"},
		{"rows", "<table><caption>表1</caption><tr><th>年</th><th></th><th>数</th></tr><tr><td>1</td><td><p>甲</p><p>乙</p></td><td>2</td></tr></table>", "caption:表1\n年 | | 数\n1 | 甲乙 | 2"},
		{"a table of one column lays out", "<table><tr><td><p>甲。</p><p>乙。</p></td></tr></table>", "甲。\n乙。"},
		{"a table with headings lays out", "<table><tr><td><h2>甲</h2>乙</td><td>丙</td></tr></table>", "2heading:甲\n乙\n丙"},
		{"a table in a table", "<table><tr><td>甲</td><td><table><tr><td>乙</td><td>丙</td></tr></table></td></tr></table>", "甲\n乙 | 丙"},
		{"a role says that it lays out", `<table role="presentation"><tr><td>甲</td><td>乙</td></tr></table>`, "甲\n乙"},
		{"figure", "<figure><img src=x alt=图><figcaption>图1</figcaption></figure>", "caption:图1"},
		{"one break is a blank", "<p>甲<br>乙</p><p>a<br>b</p>", "甲乙\na b"},
		{"two part lines", "<p>甲<br>乙<br>丙</p>", "甲\n乙\n丙"},
		{"none part headings", "<p>甲。</p><h2>乙<br>丙<br>丁</h2>", "甲。\n2heading:乙丙丁"},
		{"ruby", "<p><ruby>渠<rp>(</rp><rt>qú</rt><rp>)</rp></ruby>水</p>", "渠水"},
		{"powers", "<p>5m<sup>2</sup>、CO<sub>2</sub>、10<sup>-3</sup>、1<sup>st</sup>、甲<sub>2</sub>、a <sup>2</sup></p>", "5m²、CO₂、10⁻³、1st、甲2、a [2]"},
		{"quotation", "<p><q>甲</q>乙</p>", "“甲”乙"},
		{"a drawn character", `<p>姓<img alt="㐂">名<img alt="很长的说明"></p>`, "姓㐂名"},
		{"what is not printed", "<p>甲\u00ad\u200b乙</p><p>&nbsp;</p><p>* * *</p>", "甲乙"},
		{"never text", "<script>x</script><style>y</style><noscript>z</noscript><template>w</template><svg><text>v</text></svg><iframe>u</iframe><p>甲</p>", "甲"},
		{"hidden", `<p hidden>乙</p><p aria-hidden="true">丙</p><p style="display : none">丁</p><p style="VISIBILITY:hidden">戊</p><p>甲</p>`, "甲"},
		{"around the text", `<nav>乙</nav><aside>丙</aside><footer>丁</footer><header><a href=1>戊</a></header><div role="navigation">己</div><p>甲</p>`, "甲"},
		{"a header of words", "<header>戊</header><p>甲</p>", "甲"},
		{"notes beside the text", `<p>甲。</p><aside class="footnotes"><p>[1] 一。</p></aside>`, "甲。\n[1] 一。"},
		{"a header with the title", "<header><h1>甲</h1></header><p>乙。</p>", "title:甲\n乙。"},
		{"main", "<p>乙</p><main><p>甲。</p></main><p>丙</p>", "甲。"},
		{"role main", `<p>乙</p><div role="main"><p>甲。</p></div>`, "甲。"},
		{"an empty main", "<p>乙,字数不少。丙,字数也不少。</p><main></main>", "乙,字数不少。丙,字数也不少。"},
		{"articles", "<p>乙</p><article><p>甲。</p></article><article><p>丙。</p></article>", "甲。\n丙。"},
		{"articles that are teasers", "<p>乙,字数不少。丙,字数也不少。</p><article>甲</article>", "乙,字数不少。丙,字数也不少。\n甲"},
		{"links in a list", "<p>甲。</p><ul><li><a href=1>乙</a></li><li><a href=2>丙</a></li></ul>", "甲。"},
		{"links beside hidden text", `<p>甲。</p><ul><li style="display:none">很长的说明</li><li><a href=1>乙</a></li><li><a href=2>丙</a></li></ul>`, "甲。"},
		{"a sentence with links", "<p><a href=1>甲甲甲</a>、<a href=2>乙乙乙</a>和<a href=3>丙丙丙</a>都在江边。</p>", "甲甲甲、乙乙乙和丙丙丙都在江边。"},
		{"a list of sentences with links", "<ul><li><a href=1>甲甲甲甲</a>停航。</li><li><a href=2>乙乙乙乙</a>通航。</li></ul>", "甲甲甲甲停航。\n乙乙乙乙通航。"},
		{"links in a table of data", "<table><tr><td>甲甲甲甲甲</td><td><ul><li><a href=1>乙</a><li><a href=2>丙</a></ul></td></tr></table>", "甲甲甲甲甲 | 乙丙"},
		{"markers are no navigation", `<p>甲<a href="#x">[1]</a><a href="#y">[2]</a><a href="#z">[3]</a></p>`, "甲[1][2][3]"},
		{"a form around the page", "<form><p>全市新增泊位十二个,最大的可停靠五万吨级海轮。航道疏浚分两期进行,一期投入三亿元,二期投入五亿元。</p></form>", "全市新增泊位十二个,最大的可停靠五万吨级海轮。航道疏浚分两期进行,一期投入三亿元,二期投入五亿元。"},
		{"a form", "<form><p>请输入</p></form><p>甲</p>", "甲"},
		{"encyclopedias", `<div id="toc">乙</div><h2>丙<span class="mw-editsection">[编辑]</span></h2><table class="navbox"><tr><td>丁</td></tr></table><p>甲</p>`, "2heading:丙\n甲"},
		{"a sign that links to its heading", `<h2 id="s">甲<a href="#s">#</a></h2>`, "2heading:甲"},
	} {
		s := page(t, c.body)
		checkSource(t, s)
		if got := webLines(s); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// notePages are pages with references, their blocks and the notes behind each.
var notePages = []struct{ name, body, lines, refs string }{
	{"a superscript in a link", `<p>甲<a href="#n"><sup>9</sup></a>。</p><p id=n>九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"a link in a superscript", `<p>甲<sup><a href="#n">9</a></sup>。</p><p id=n>九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"a circled number", `<p>甲<a href="#n">①</a>。</p><p id=n>① 一。</p>`, "甲①。", "①=1:一。"},
	{"a sign", `<p>甲<a href="#n">*</a>。</p><p id=n>* 一。</p>`, "甲*。", "*=*:一。"},
	{"brackets around the link", `<p>甲[<a href="#n">9</a>]乙〔<a href="#m">8</a>〕。</p><p id=n>9. 九。</p><p id=m>8 八。</p>`, "甲[9]乙〔8〕。", "[9]=9:九。\n〔8〕=8:八。"},
	{"full-width digits", `<p>甲<sup><a href="#n">［１２］</a></sup>。</p><p id=n>［１２］十二。</p>`, "甲［１２］。", "［１２］=12:十二。"},
	{"EPUB's words", `<p>甲<a epub:type="noteref" href="#n">注</a>。</p><aside epub:type="footnote" id=n hidden><p>一。</p><p>二。</p></aside>`, "甲注。", "注=注:一。 二。"},
	{"roles", `<p>甲<a role="doc-noteref" href="#n">9</a>。</p><div role="doc-footnote" id=n>九。<a role="doc-backlink" href="#r">Up</a></div>`, "甲[9]。", "[9]=9:九。"},
	{"a bare number that the note bears", `<p>甲<a href="#n">9</a>。</p><p id=n>9 九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"a bare number that it does not bear", `<p>见第<a href="#n">9</a>段。</p><p id=n>九。</p>`, "见第9段。\n九。", ""},
	{"a number by the list", `<p>甲<a href="#n">3</a>。</p><ol start=2> <li>二。</li> <div></div><li id=n>三。</li></ol>`, "甲[3]。\n二。", "[3]=3:三。"},
	{"a number that the item has", `<p>甲<a href="#n">7</a>。</p><ol><li value=6>六。<li id=n>七。</ol>`, "甲[7]。\n六。", "[7]=7:七。"},
	{"a paragraph of an item", `<p>甲<a href="#n">[1]</a>。</p><ol><li><p id=n>一。</p><p>二。</p></li></ol>`, "甲[1]。", "[1]=1:一。 二。"},
	{"a paragraph of EPUB's note", `<p>甲<a href="#n">[1]</a>。</p><div epub:type="rearnote"><p>一。</p><p id=n>二。</p></div>`, "甲[1]。", "[1]=1:一。 二。"},
	{"a paragraph of a note by its role", `<p>甲<a href="#n">[1]</a>。</p><div role="doc-endnote"><p>一。</p><p id=n>二。</p></div>`, "甲[1]。", "[1]=1:一。 二。"},
	{"a note before its reference", `<div role="doc-footnote" id=n>1 一。</div><p><a role="doc-noteref" href="#n">1</a>甲。</p>`, "[1]甲。", "[1]=1:一。"},
	{"words among the ways back", `<p>甲<sup class="reference"><a id=r href="#n">[1]</a></sup>。</p><ol class="references"><li id=n><span class="mw-cite-backlink">跳转 <a href="#r">1.0</a></span> 一。</ol>`, "甲[1]。", "[1]=1:一。"},
	{"a note in a block that is left out", `<p>甲<a href="#n">[1]</a>。</p><footer><p>版权。<span id=n>[1] 一。</span></p></footer>`, "甲[1]。", "[1]=1:一。"},
	{"a word inside a paragraph", `<p>甲<a href="#n">[9]</a>。</p><p>乙丙丁戊己庚辛壬<span id=n>九。</span></p>`, "甲[9]。\n乙丙丁戊己庚辛壬九。", ""},
	{"a source elsewhere", `<p>甲<sup><a href="https://a.example/">[1]</a></sup>。</p>`, "甲[1]。", "[1]=1:-"},
	{"a webRaised picture", `<p>甲<sup><img class="qqreader-footnote" alt="一。"></sup>。</p>`, "甲[1]。", "[1]=1:一。"},
	{"the id on the way back", `<p>甲<a id=r href="#n">[9]</a>。</p><p><a id=n href="#r">[9]</a> 九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"a bracket before the way back", `<p>甲[<a id=r href="#n">1</a>],乙丙丁戊己。</p><div id=n><p>[<a href="#r">1</a>] 一。</p></div>`, "甲[1],乙丙丁戊己。", "[1]=1:一。"},
	{"a star and a number", `<p>甲<a id=r href="#n">*2</a>。</p><p><a id=n href="#r">*2</a> 二。</p>`, "甲*2。", "*2=*2:二。"},
	{"an arrow before the label", `<p>甲<sup><a id=r href="#n">[1]</a></sup>。</p><table><tr><th><a id=n href="#r"><span>↑</span>1</a></th><td>一。</td></tr></table>`, "甲[1]。", "[1]=1:一。"},
	{"a list of contents", `<p><a href="#a">1</a>. 甲<br><a href="#b">2</a>、乙</p><div id=a>1. 丙。</div><div id=b>2、丁。</div>`, "1. 甲 2、乙\n1. 丙。\n2、丁。", ""},
	{"a list of contents in lines", "<pre>目录\n\n  <a href='#a'>1</a>. 甲\n  <a href='#b'>2</a>. 乙\n</pre><div id=a>1. 丙。</div><div id=b>2. 丁。</div>", "code:目录 1. 甲 2. 乙\n1. 丙。\n2. 丁。", ""},
	{"a number before a full stop", `<p><b>甲</b> <a href="#n">1</a>. Next</p><p id=n>1 一。</p>`, "甲 [1]. Next", "[1]=1:一。"},
	{"notes beside the line", `<p>甲<label class="sidenote-number"></label><input type=checkbox><span class="sidenote">一,<a href=1>见</a>。</span>,乙<label class="margin-toggle">⊕</label><span class="marginnote">旁。</span>丙<small class="sidenote">二。</small></p>`, "甲[1],乙⊕丙[2]", "[1]=1:一,见。\n⊕=⊕:旁。\n[2]=2:二。"},
	{"a note that is shown twice", `<p>甲<sup><a id=r href="#n">[1]</a></sup><span class="footnote_tooltip">一 … <a href="#n">续</a></span>。</p><p id=n>[1] 一二三。</p>`, "甲[1]。", "[1]=1:一二三。"},
	{"an empty anchor before", `<p>甲<a href="#n">[9]</a>。</p><div><a id=n></a><p>[9] 九。</p></div>`, "甲[9]。", "[9]=9:九。"},
	{"an anchor in a paragraph of its own", `<p>甲<a href="#n">[9]</a>。</p><p><a name=n></a></p><p>[9] 九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"several in a paragraph", `<p>甲<a href="#n">[1]</a>乙<a href="#m">[2]</a>。</p><p>说明:<a id=n>[1]</a> 一。<a id=m>[2]</a> 二。</p>`, "甲[1]乙[2]。\n说明:", "[1]=1:一。\n[2]=2:二。"},
	{"one at the end of the paragraph", `<p>甲<a id=r href="#n">①</a>乙。<span id=n>①一。</span></p>`, "甲①乙。", "①=1:一。"},
	{"a row", `<p>甲<a href="#n">[1]</a>。</p><table><tr id=n><td>[1]</td><td>一。</td></tr></table>`, "甲[1]。", "[1]=1:一。"},
	{"a label's cell", `<p>甲<a href="#n">[1]</a>。</p><table><tr><td id=n>[1]</td><td>一。</td></tr></table>`, "甲[1]。", "[1]=1:一。"},
	{"a cell of text", `<p>甲<a href="#n">[1]</a>。</p><table><tr><td>来源栏目</td><td id=n>一二三四五六七。</td></tr></table>`, "甲[1]。\n来源栏目", "[1]=1:一二三四五六七。"},
	{"a paragraph that opens with its reference", `<p id=p><a id=r href="#n">①</a>甲。</p><p id=n><a href="#p">①</a>一。</p>`, "①甲。", "①=1:一。"},
	{"one note, two references", `<p>甲<a href="#n">[1]</a>乙<a href="#n">[1]</a>。</p><p id=n>[1] 一。</p>`, "甲[1]乙[1]。", "[1]=1:一。\n[1]=1:一。"},
	{"a page saved with its address", `<p>甲<sup><a href="https://a.example/w#n">[1]</a></sup>。</p><p id=n>一。</p>`, "甲[1]。", "[1]=1:一。"},
	{"an encoded name", `<p>甲<a href="#%E6%B3%A8">[1]</a>。</p><p id=注>一。</p>`, "甲[1]。", "[1]=1:一。"},
	{"in a row of links", `<div><a href=1>甲甲甲</a> <a href=2>乙乙乙</a><sup class="reference"><a href="#n">1</a></sup></div><p id=n>一。</p>`, "甲甲甲 乙乙乙[1]", "[1]=1:一。"},
	{"no link", "<p>甲<sup>9</sup>,乙<sup>[8]</sup>,丙<sup>1,2</sup>,丁<sup>①</sup>。</p>", "甲[9],乙[8],丙[1][2],丁①。", "[9]=9:-\n[8]=8:-\n[1]=1:-\n[2]=2:-\n①=1:-"},
	{"no link, a range", "<p>甲<sup>[1-3]</sup>,乙<sup>4–5</sup>,丙<sup>6, 8—9</sup>,丁<sup>［2、4］</sup>。</p>", "甲[1-3],乙[4–5],丙[6][8—9],丁［2、4］。",
		"[1-3]=1:-\n=2:-\n=3:-\n[4–5]=4:-\n=5:-\n[6]=6:-\n[8—9]=8:-\n=9:-\n［2、4］=2:-\n=4:-"},
	{"no link, no range", "<p>甲<sup>5-3</sup>,乙<sup>[0,1]</sup>,丙<sup>[1-90]</sup>。</p>", "甲5-3,乙[0,1],丙[1-90]。", ""},
	{"no link to a note that is linked elsewhere", `<p>甲<a href="#n1">[1]</a>,乙<sup>1-2</sup>,丙<sup>[2]</sup>。</p><ol class=references><li id=n1>一。<li id=n2>二。</ol>`, "甲[1],乙[1-2],丙[2]。", "[1]=1:一。\n[1-2]=1:一。\n=2:二。\n[2]=2:二。"},
	{"a range from link to link", `<p>甲<sup><a href="#n1">1</a>–<a href="#n3">3</a></sup>,乙[<a href="#n1">1</a>-<a href="#n3">3</a>]。</p><ol class=references><li id=n1>一。<li id=n2>二。<li id=n3>三。</ol>`, "甲[1]–[3],乙[[1]-[3]]。",
		"[1]=1:一。\n=2:二。\n[3]=3:三。\n[1]=1:一。\n=2:二。\n[3]=3:三。"},
	{"no link, two notes of that number", `<p>甲<a href="#a">[1]</a>,乙<a href="#b">[1]</a>,丙<sup>1</sup>。</p><p id=a>[1] 一。</p><p id=b>[1] 又一。</p>`, "甲[1],乙[1],丙[1]。", "[1]=1:一。\n[1]=1:又一。\n[1]=1:-"},
	{"no link behind a letter or digit", "<p>5m<sup>2</sup>甲0.5<sup>*</sup>。</p>", "5m²甲0.5*。", ""},
	{"no target", `<p>甲<a href="#n">[9]</a>,乙<a href="#m">二</a>。</p>`, "甲[9],乙二。", "[9]=9:-"},
	{"another page", `<p>甲<a href="b.html#n">[9]</a>。</p>`, "甲[9]。", ""},
	{"a heading", `<p>见<a href="#s">[2]</a>。</p><h2 id=s>乙</h2>`, "见[2]。\n2heading:乙", ""},
	{"a section", `<p>见<a href="#s">[2]</a>。</p><section id=s><h2>乙</h2><p>丙。</p></section>`, "见[2]。\n2heading:乙\n丙。", ""},
	{"a part too long", `<p>见<a href="#s">[2]</a>。</p><p id=s>` + strings.Repeat("长", longestNote+1) + `</p>`, "见[2]。\n" + strings.Repeat("长", longestNote+1), ""},
	{"a term that is the word for a note", `<p>甲<a href="#n">注</a>乙<sup><a href="#n">注</a></sup>。</p><p id=n>一。</p>`, "甲注乙注。", "注=注:一。"},
	{"words", `<p>见<a href="#n">下一段</a>。</p><p id=n>一。</p>`, "见下一段。\n一。", ""},
	{"a list of notes is none", `<p>甲<a href="#l">[1]</a>乙<a href="#n">[2]</a>。</p><div id=l><p id=n>[2] 二。</p></div>`, "甲[1]乙[2]。", "[2]=2:二。"},
	{"a picture", `<p>甲<a class="duokan-footnote" href="#n"><img src=x alt=""></a>。</p><ol class="duokan-footnote-content"><li id=n><a href="#r">◎</a>一。</li></ol>`, "甲[1]。", "[1]=1:一。"},
	{"a picture that holds its note", `<p>甲<img class="qqreader-footnote" alt="一。">乙<span class="x_footnote" zy-footnote="二。"></span>。</p>`, "甲[1]乙[2]。", "[1]=1:一。\n[2]=2:二。"},
	{"a superscript's label", `<p>甲<sup><a href="#n">9</a></sup>。</p><p id=n><sup>9</sup>九。</p>`, "甲[9]。", "[9]=9:九。"},
	{"a note that opens with a quotation", `<p>甲<sup><a id=r href="#n">3</a></sup>。</p><p id=n>[<a href="#r">3</a>] « Un » deux.</p>`, "甲[3]。", "[3]=3:« Un » deux."},
	{"a note that opens with a number", `<p>甲<sup><a href="#n">3</a></sup>。</p><ol><li id=n>3 月起。</ol>`, "甲[3]。", "[3]=3:3 月起。"},
	{"decimals are no label", `<p>甲<sup><a href="#n">3</a></sup>。</p><p id=n>3.5亿元。</p>`, "甲[3]。", "[3]=3:3.5亿元。"},
	{"a way back at the end", `<p>甲<sup><a id=r href="#n">3</a></sup>。</p><p id=n>三。<a href="#r">[返回]</a></p>`, "甲[3]。", "[3]=3:三。"},
	{"a way back in brackets", `<p>甲<sup><a id=r href="#n">3</a></sup>。</p><p id=n>三。（<a href="#r">返回</a>）↩</p>`, "甲[3]。", "[3]=3:三。"},
	{"a definition", `<p>甲<a href="#n">[1]</a>。</p><dl><dt id=n>[1]</dt><dd>一。</dd><dd>二。</dd></dl>`, "甲[1]。", "[1]=1:一。 二。"},
	{"further paragraphs", `<p>甲<a href="#n">[1]</a>。</p><p class=note id=n>[1] 一。</p><p class=note>二。</p><p>丙。</p>`, "甲[1]。\n丙。", "[1]=1:一。 二。"},
	{"a note without text", `<p>甲<sup><a href="#n">1</a></sup>。</p><p id=n>[1]<a href="#r">↩</a></p>`, "甲[1]。", "[1]=1:-"},
}

func TestHTMLNotes(t *testing.T) {
	for _, c := range notePages {
		s := page(t, c.body)
		checkSource(t, s)
		if got := webLines(s); got != c.lines {
			t.Errorf("%s: blocks\n got %q\nwant %q", c.name, got, c.lines)
		}
		if got := refLines(s); got != c.refs {
			t.Errorf("%s: references\n got %q\nwant %q", c.name, got, c.refs)
		}
	}
}

func TestHTMLCode(t *testing.T) {
	s := page(t, `<p>取 <code>甲[1]</code>，见[<a href="#n">2</a>]；<span class="CODEtemp">乙[3]</span>。</p><p class="Code">丙[4]</p><p>[2] <a id=n></a>二。</p>`)
	b := s.blocks[0]
	var got []string
	for _, m := range b.mute {
		got = append(got, strings.TrimSpace(b.text[m.Start:m.End]))
	}
	if fmt.Sprint(got) != "[甲[1] 乙[3]]" || !s.blocks[1].code {
		t.Errorf("%q of %q; %q is code: %v", got, b.text, s.blocks[1].text, s.blocks[1].code)
	}
	for _, p := range assemble("甲.html", s).Paragraphs {
		for _, m := range p.Markers {
			if m.Label != "2" {
				t.Errorf("a marker %s in %q", m.Label, p.Text)
			}
		}
	}
}

func TestHTMLWarnings(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"nothing", `<p>甲<a href="#n">[9]</a>。</p><p id=n>九。</p>`, ""},
		{"no target", `<p>甲<a href="#n">[9]</a><sup><a href="#m">8</a></sup>。</p>`, `references that lead to no note: [9] ("#n"), 8 ("#m")`},
		{"no reference", `<p>甲。</p><section role="doc-endnotes"><ol><li>一。<li>二。</ol></section>`, "notes that nothing refers to: 1, 2"},
		{"no text", `<p>甲<sup><a href="#n">1</a></sup>。</p><p id=n>[1]<a href="#r">↩</a></p>`, "references whose notes have no text: 1"},
		{"a hidden one", `<p>甲。</p><aside epub:type="footnote" hidden>② 一。</aside>`, "notes that nothing refers to: 2"},
		{"many", "<p>甲" + strings.Repeat(`<a href="#n">[9]</a>`, 7) + "</p>", `references that lead to no note: ` + strings.Repeat(`[9] ("#n"), `, 4) + `[9] ("#n") and 2 more`},
		{"a block too long", "<p>甲。</p><p>" + strings.Repeat("a", longestLine+1) + "</p>", "a block of 262145 bytes is left out: over 262144 no reader could be shown it"},
	} {
		var got []string
		for _, w := range page(t, c.body).warns {
			got = append(got, w.String())
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: %q, want %q", c.name, g, c.want)
		}
	}
	s := page(t, `<p>甲。</p><section role="doc-endnotes"><ol><li>一。<li>二。</ol></section>`)
	if len(s.notes) != 2 || s.notes[1].label != "2" || s.notes[1].text != "二。" || len(s.blocks) != 1 {
		t.Errorf("notes without references: %+v", s)
	}
}

func TestHTMLScopes(t *testing.T) {
	s := page(t, "<main><article><p>甲。</p></article><article><p>乙。</p><p>丙。</p></article><p>丁。</p></main>")
	var got []int
	for _, b := range s.blocks {
		got = append(got, b.scope)
	}
	if fmt.Sprint(got) != "[1 2 2 0]" {
		t.Errorf("scopes %v", got)
	}
	if s := page(t, `<article><p>甲。</p></article><div class="footnotes"><p>[1] 一。</p></div>`); s.blocks[0].scope != 0 {
		t.Errorf("a single article has scope %d", s.blocks[0].scope)
	}
	if s := page(t, `<p>甲。</p><div class="footnotes"><p>[1] 一。</p></div>`); s.blocks[0].foot || !s.blocks[1].foot {
		t.Errorf("printed at the foot: %+v", s.blocks)
	}
}

func TestHTMLHead(t *testing.T) {
	for _, c := range []struct{ head, body, title, authors, year, publisher string }{
		{"<title>甲 - 网</title>", "<p>乙。</p>", "甲 - 网", "", "", ""},
		{"<title>甲 - 网</title>", "<h1>甲<sup><a href='#n'>1</a></sup></h1><p>乙。</p><p id=n>1 注。</p>", "甲", "", "", ""},
		{"<title>甲 - 网</title>", "<div>栏</div><p>乙。</p><h1>甲</h1>", "甲", "", "", ""},
		{"<title>甲 - 网</title>", "<p>乙。</p><h1>丙</h1>", "甲 - 网", "", "", ""},
		{"", "<p>乙。</p>", "", "", "", ""},
		{`<meta name="author" content="甲"><meta name="citation_author" content="乙"><meta name="citation_author" content="丙">`, "<p>丁。</p>", "", "乙 丙", "", ""},
		{`<meta name="DC.creator" content="甲"><meta property="article:author" content="乙">`, "<p>丁。</p>", "", "甲", "", ""},
		{`<meta property="article:author" content="https://a.example/u">`, "<p>丁。</p>", "", "", "", ""},
		{`<meta property="article:published_time" content="2016-05-01T08:00:00Z">`, "<p>丁。</p>", "", "", "2016", ""},
		{`<meta name="dc.date" content="20190607">`, "<p>丁。</p>", "", "", "2019", ""},
		{`<meta name="dc.date" content="刊于2019年">`, "<p>丁。</p>", "", "", "2019", ""},
		{`<meta name="dc.date" content="120190607">`, "<p>丁。</p>", "", "", "", ""},
		{`<meta property="og:site_name" content="网">`, "<p>丁。</p>", "", "", "", ""},
		{`<meta name="citation_publisher" content="社">`, "<p>丁。</p>", "", "", "", "社"},
	} {
		s, err := readHTML(t.Context(), []byte("<html><head>"+c.head+"</head><body>"+c.body))
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%q %q %q %q", s.title, strings.Join(s.meta.Authors, " "), s.meta.Year, s.meta.Publisher)
		if want := fmt.Sprintf("%q %q %q %q", c.title, c.authors, c.year, c.publisher); got != want {
			t.Errorf("%s %s: %s, want %s", c.head, c.body, got, want)
		}
	}
}

func TestHTMLEncodings(t *testing.T) {
	encode := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const simplified, traditional = "江滨港的码头建于民国二十年。", "江濱港的碼頭建於民國二十年。"
	for _, c := range []struct{ name, page, want string }{
		{"UTF-8", "<meta charset=utf-8><p>" + simplified, simplified},
		{"UTF-8 with a BOM", "\xEF\xBB\xBF<p>" + simplified, simplified},
		{"UTF-8 that says GBK", "<meta charset=gbk><p>" + simplified, simplified},
		{"short UTF-8 that says GBK", "<meta charset=gbk><p>江滨港口", "江滨港口"},
		{"UTF-16", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<p>"+simplified), simplified},
		{"GBK", `<meta charset="gbk"><p>` + encode(simplifiedchinese.GBK, simplified), simplified},
		{"GB2312 by http-equiv", `<meta http-equiv=Content-Type content="text/html; charset=gb2312"><p>` + encode(simplifiedchinese.GBK, simplified), simplified},
		{"GBK with characters of four bytes", `<meta charset="gbk"><p>` + encode(simplifiedchinese.GB18030, strings.Repeat(simplified, 30)+"𠮷"), strings.Repeat(simplified, 30) + "𠮷"},
		{"GBK named late", "<!--" + strings.Repeat("x", 2000) + `--><meta charset="gbk"><p>` + encode(simplifiedchinese.GBK, simplified), simplified},
		{"Big5", `<meta charset="big5"><p>` + encode(traditionalchinese.Big5, traditional), traditional},
		{"Big5 by XML", `<?xml version="1.0" encoding="big5"?><html><p>` + encode(traditionalchinese.Big5, traditional) + "</p></html>", traditional},
		{"GBK that says nothing", "<p>" + encode(simplifiedchinese.GBK, simplified), simplified},
		{"Big5 that says nothing", "<p>" + encode(traditionalchinese.Big5, traditional), traditional},
		{"GBK that says Shift_JIS", "<meta charset=shift_jis><p>" + encode(simplifiedchinese.GB18030, simplified+"镕祎"), simplified + "镕祎"},
		{"GBK that says UTF-16 by XML", `<?xml version="1.0" encoding="utf-16"?><html><!--` + strings.Repeat("-", 4000) + `--><p>` + encode(simplifiedchinese.GBK, simplified), simplified},
		{"a little GBK in much markup", "<!--" + strings.Repeat("-", 9000) + "--><p>" + encode(simplifiedchinese.GBK, simplified), simplified},
		{"a little GBK that says UTF-8", "<meta charset=utf-8><!--" + strings.Repeat("-", 9000) + "--><p>" + encode(simplifiedchinese.GBK, simplified), simplified},
		{"GBK that says UTF-8", "<meta charset=utf-8><p>" + encode(simplifiedchinese.GBK, simplified), simplified},
		{"a bad byte", "<meta charset=gbk><p>" + strings.Repeat(encode(simplifiedchinese.GBK, simplified), 20) + "\xFF", strings.Repeat(simplified, 20)},
	} {
		s, err := readHTML(t.Context(), []byte(c.page))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := webLines(s); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHTMLErrors(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"nothing", "", "the file is empty"},
		{"no text", "<title>甲</title><nav>乙</nav>", "no text in it"},
		{"frames", "<frameset><frame src=a></frameset>", "no text in it"},
		{"too deep", strings.Repeat("<div>", 100000) + "甲", "read HTML: "},
	} {
		_, err := parseFile(t.Context(), t, "a.html", []byte(c.page))
		if err == nil || !strings.HasPrefix(err.Error(), "parse a.html: "+c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := readHTML(t.Context(), []byte("<p>")); !errors.Is(err, errNoWords) {
		t.Errorf("an empty paragraph: %v", err)
	}
}

func TestOpenEmpty(t *testing.T) {
	for in, want := range map[string]string{
		`<title/><a id="x"/>甲<br/>`:   `<title></title><a id="x"></a>甲<br/>`,
		`<a title="/>" id='>'/>`:      `<a title="/>" id='>'></a>`,
		`<!-- <a/> --><b/>`:           `<!-- <a/> --><b></b>`,
		`<!-- <a/>`:                   `<!-- <a/>`,
		`a < b / > <a href=x/y>甲</a>`: `a < b / > <a href=x/y>甲</a>`,
		`<epub:x/></p/><p`:            `<epub:x></epub:x></p/><p`,
	} {
		if got := openEmpty(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
