package telegramtest_test

import (
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// TestPlainMarkup reads what parse mode HTML takes, and what it does not.
func TestPlainMarkup(t *testing.T) {
	for html, want := range map[string]string{
		`<a href="https://t.me/b?start=p_1&amp;x"><i>甲</i></a> <blockquote expandable>乙<b>丙</b><a href="tg://user?id=1">丁</a><code>x</code></blockquote>`: "",
		`<pre>x &lt; "y"</pre><code>z</code><u><s><b><i>甲</i></b></s></u><strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>`:          "",
		`<a href="mailto:a@b">甲</a><a href="tel:+12">乙</a><tg-spoiler>丙</tg-spoiler>&#39;&#x27;&lt;&gt;&amp;&quot;`:                                       "",

		"<b>甲": "can't find end tag", "<b><i>甲</b></i>": "unmatched end tag", "甲</b>": "unexpected end tag", "1 < 2": "unexpected <", "1 > 2": "unescaped >",
		"甲 & 乙": "unescaped &", "甲&apos;乙": "unescaped &", "甲&nbsp;乙": "unescaped &", "甲&hellip;": "unescaped &", "甲\xff": "UTF-8",
		"<mark>甲</mark>": "unsupported", "<p>甲</p>": "unsupported", "甲<br>乙": "unsupported", "<sup>1</sup>": "unsupported", "<cite>甲</cite>": "unsupported",
		`<tg-reference name="n1">注</tg-reference>`: "unsupported", "<footer>甲</footer>": "unsupported", "<br/>": "unexpected <",
		`<a>甲</a>`: "link with", `<a href="">甲</a>`: "link with", `<a href="#n1">甲</a>`: "link with", `<a href="javascript:x">甲</a>`: "link with",
		`<a href="https://t.me" target="_blank">甲</a>`: "link with", `<a href="https://t.me?a&b">甲</a>`: "unescaped &", `<a name="n1">甲</a>`: "link with",
		`<b class="x">甲</b>`: "with attributes", `<blockquote collapsed>甲</blockquote>`: "with attributes", `<i expandable>甲</i>`: "with attributes",
		"<blockquote>甲<blockquote expandable>乙</blockquote></blockquote>":        "blockquote within",
		"<blockquote expandable>甲<b><blockquote>乙</blockquote></b></blockquote>": "blockquote within",
		`<a href="https://t.me">甲<b><a href="https://t.me">乙</a></b></a>`:        "a within",
		"<pre><b>甲</b></pre>": "b within", "<b><pre>甲</pre></b>": "pre within", "<code><i>甲</i></code>": "i within", `<a href="https://t.me"><code>甲</code></a>`: "code within",
	} {
		_, _, err := telegramtest.ParseHTML(html)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", html, err, want)
		}
	}
}
