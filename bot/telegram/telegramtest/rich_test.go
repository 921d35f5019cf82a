package telegramtest_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// taken are rich messages that show each element where it may stand.
var taken = []string{
	`<p>甲<a href="#n1"><sup>[1]</sup></a></p><hr/><tg-reference name="n1">注&hellip;</tg-reference>`,
	`<blockquote expandable>甲<br>乙<b>丙</b><cite>丁</cite></blockquote><footer><a href="https://t.me/b?start=p_1&amp;x">戊</a> · 1/2</footer>`,
	`<blockquote><p>甲</p><blockquote>乙</blockquote><cite>丙</cite></blockquote><aside>甲<cite>乙</cite></aside>`,
	`<ul><li><input type="checkbox" checked>甲</li></ul><ol start="3" type="a" reversed><li value="7" type="i">甲<ul><li>乙</li></ul></li></ol>`,
	`<table bordered striped><caption>甲</caption><tr><th>甲</th><td></td></tr><tr><td colspan="2" rowspan="2" align="left" valign="top">1</td></tr></table>`,
	`<details open><summary>甲</summary>乙<p>丙</p></details><h1>甲</h1><h6>乙</h6><a name="c1"></a><p><a href="#c1">甲</a><a href="#">乙</a></p>`,
	`<pre>甲 &lt; 乙</pre><pre><code class="language-go">x</code></pre><p><code>y</code></p><tg-math-block>E</tg-math-block><p><tg-math>x</tg-math></p>`,
	`<figure><img src="https://t.me/a.jpg" tg-spoiler/><figcaption>甲<cite>乙</cite></figcaption></figure><tg-collage><img src="https://t.me/a.jpg"/><video src="https://t.me/a.mp4"/></tg-collage>`,
	`<p><tg-emoji emoji-id="5">👍</tg-emoji><img src="tg://emoji?id=5" alt="👍"/><tg-time unix="1" format="wDT">甲</tg-time></p><tg-map lat="41.9" long="-12.5" zoom="14"/>`,
	`<p><strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del><mark>f</mark><sub>g</sub><tg-spoiler>h</tg-spoiler><u>i</u><s>j</s></p>`,
	strings.Repeat("甲", 32768),
	"<p>" + strings.Repeat("<b>", 15) + "甲" + strings.Repeat("</b>", 15) + "</p>",
	strings.Repeat("<p>甲</p>", 500),
	"<table><tr>" + strings.Repeat("<td>1</td>", 20) + "</tr></table>",
}

// badRich are those that it does not take, with a word of why.
var badRich = map[string]string{
	" ":                                "empty",
	"\u200b\n":                         "empty",
	strings.Repeat("甲", 32769):         "too long",
	"<b>甲":                             "does not end",
	"<b><i>甲</b></i>":                  "unexpected end tag",
	"甲</b>":                            "unexpected end tag",
	"<p>甲</br></p>":                    "unexpected end tag",
	"1 < 2":                            "unescaped <",
	"1 > 2":                            "unescaped >",
	"甲&乙":                              "unescaped &",
	"甲&copy;乙":                         "unescaped &",
	`<a href="https://t.me?a&b">甲</a>`: "unescaped &",
	"<p></p>":                          "shows nothing",
	"<p>甲<mark> </mark></p>":           "shows nothing",
	"<p/>":                             "without an end tag",

	"<script>x</script>":                                 "unsupported tag",
	"<span>x</span>":                                     "unsupported tag",
	"<P>x</P>":                                           "unescaped <",
	`<p class="x">甲</p>`:                                 "with class",
	`<b style="x">甲</b>`:                                 "with style",
	`<blockquote collapsed>甲</blockquote>`:               "with collapsed",
	`<blockquote expandable="">甲</blockquote>`:           "is empty",
	`<blockquote expandable="1">甲</blockquote>`:          "with expandable",
	`<a href="#n" href="#m">甲</a>`:                       "twice",
	`<a href='#n'>甲</a>`:                                 "unescaped <",
	`<a href="javascript:x">甲</a>`:                       "with href",
	`<a href="t.me/b">甲</a>`:                             "with href",
	`<a>甲</a>`:                                           "lead somewhere",
	`<tg-reference>甲</tg-reference>`:                     `without "name"`,
	`<tg-reference name="">甲</tg-reference>`:             "is empty",
	`<table><tr><td align="justify">甲</td></tr></table>`: "with align",
	`<code class="language-go">甲</code>`:                 "with class",

	`<a href="#n9">甲</a>`: "leads to #n9",
	`<p><a href="#n1">甲</a></p><p><tg-reference name="n2">注</tg-reference></p>`:               "leads to #n1",
	`<p><tg-reference name="n1">注</tg-reference><tg-reference name="n1">注</tg-reference></p>`: "two are named",
	`<a name="n1"></a><tg-reference name="n1">注</tg-reference>`:                               "two are named",
	`<a name="n1">甲</a>`: "text within",
	`<p><a href="https://t.me"><b><a href="https://t.me">甲</a></b></a></p>`:           "<a> within <a>",
	`<tg-reference name="n1"><tg-reference name="n2">注</tg-reference></tg-reference>`: "within <tg-reference>",

	"<p>甲<p>乙</p></p>":                                       "<p> within",
	"<p>甲<blockquote>乙</blockquote></p>":                     "<blockquote> within",
	"<p>甲<footer>乙</footer></p>":                             "<footer> within",
	"<b><p>甲</p></b>":                                        "<p> within",
	"<p><cite>甲</cite></p>":                                  "<cite> within",
	"<blockquote expandable><p>甲</p></blockquote>":           "<p> within",
	"<blockquote>甲<cite>乙</cite>丙</blockquote>":              "behind the last part",
	"<blockquote>甲<cite>乙</cite><cite>丙</cite></blockquote>": "behind the last part",
	"<pre><b>甲</b></pre>":                                    "<b> within",
	"<ul>甲</ul>":                                             "text within",
	"<li>甲</li>":                                             "<li> within",
	"<p><img src=\"https://t.me/a.jpg\"/></p>":               "<img> within",
	"<details>甲<summary>乙</summary></details>":               "not the first",
	"<table><tr><td><p>甲</p></td></tr></table>":              "<p> within",
	"<table><td>甲</td></table>":                              "<td> within",
	"<summary>甲</summary>":                                   "<summary> within",
	"<table><tr>" + strings.Repeat("<td>1</td>", 19) + `<td colspan="2">1</td></tr></table>`: "columns",
	"<p>" + strings.Repeat("<b>", 16) + "甲" + strings.Repeat("</b>", 16) + "</p>":            "levels",
	strings.Repeat("<p>甲</p>", 501):                                    "501 blocks",
	"<ul>" + strings.Repeat("<li>甲</li>", 250) + "</ul>":               "501 blocks", // an item and its paragraph
	"<blockquote>" + strings.Repeat("<p>甲</p>", 500) + "</blockquote>": "501 blocks",
	"甲" + strings.Repeat("<hr/>乙", 250):                                "501 blocks",
	strings.Repeat(`<img src="https://t.me/a.jpg"/>`, 51):              "51 media",
	"<p>" + strings.Repeat("甲<br>", 16384) + "乙</p>":                   "too long",
}

func TestRichMessages(t *testing.T) {
	s := fresh(t)
	try := func(html string) (int, string) {
		content, err := json.Marshal(map[string]any{"html": html, "skip_entity_detection": true})
		if err != nil {
			t.Fatal(err)
		}
		status, body := call(t, s, "sendRichMessage", url.Values{"chat_id": {"7"}, "rich_message": {string(content)}})
		var got struct{ Description string }
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		return status, got.Description
	}
	for _, html := range taken {
		if status, why := try(html); status != 200 {
			t.Errorf("%.200q: status %d, %s", html, status, why)
		}
	}
	for html, want := range badRich {
		if status, why := try(html); status == 200 || !strings.Contains(why, want) {
			t.Errorf("%.200q: status %d, %s, want %q", html, status, why, want)
		}
	}
}

func TestTapIsAcknowledgedOnce(t *testing.T) {
	s := fresh(t)
	s.Taps(7, 7, 1, "x")
	for _, want := range []int{200, 400} {
		if status, body := call(t, s, "answerCallbackQuery", url.Values{"callback_query_id": {"tap1000"}}); status != want {
			t.Errorf("status %d, %s, want %d", status, body, want)
		}
	}
}
