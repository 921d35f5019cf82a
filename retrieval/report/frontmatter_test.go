package report

import (
	"fmt"
	"strings"
	"testing"
)

func TestFrontMeta(t *testing.T) {
	const body = "\n\n渡口设于1932年，作者当时在船上。\n作者：某某\n"
	for name, tt := range map[string]struct{ text, want string }{
		"labels":             {"江滨年报\n作者：闻溪、柳岸\n出版社：江滨出版社（江滨市）\n出版时间：2016年5月", "[闻溪+柳岸] 2016 江滨出版社"},
		"English labels":     {"The River\nAuthors: Ann Lee, Bo Chen and Cai Wu\nPublisher: River Press\nDate: 3 May 2016", "[Ann Lee+Bo Chen+Cai Wu] 2016 River Press"},
		"one Latin author":   {"The River\nAuthor: Lee, Ann", "[Lee, Ann]  "},
		"forms":              {"江滨年报\n闻溪　柳岸　等 编著\n江滨：江滨出版社 2016年", "[闻溪+柳岸] 2016 江滨出版社"},
		"and others":         {"江滨年报\n作者：闻溪等", "[闻溪]  "},
		"a name parted":      {"江滨年报\n闻 溪 著", "[闻溪]  "},
		"an institution":     {"江滨年报\n江滨市统计局 航运处 编", "[江滨市统计局 航运处]  "},
		"an editor":          {"江滨年报\n主编：闻溪\n副主编：柳岸\n责任编辑：青舟", "[闻溪]  "},
		"editor behind":      {"江滨年报\n柳岸 副主编\n闻溪 总主编", "[闻溪]  "},
		"author over editor": {"江滨年报\n主编：闻溪\n作者：柳岸 著", "[柳岸]  "},
		"edition":            {"江滨年报\n2016年5月北京第1版 2017年3月第2次印刷", "[] 2016 "},
		"CIP":                {"江滨年报\n中国版本图书馆CIP数据核字（2015）第012345号", "[] 2015 "},
		"ISBN":               {"江滨年报\nISBN 978-7-0000-2019-1 2014年", "[] 2014 "},
		"behind a heading":   {"江滨年报\n一、版权信息\n书名：江滨年报\n作者：闻溪\nISBN：9787000020191", "[闻溪]  "},
		"nothing plain":      {"江滨年报2016\n2016年5月\n世界名著\n人民出版社访问记\n本书副主编\n《航道志》柳岸编著\n经济显著\n作者", "[]  "},
		"a long line":        {"江滨年报\n" + strings.Repeat("长", 81) + "\n作者：闻溪", "[]  "},
	} {
		r := parse(t, tt.text+body)
		if got := fmt.Sprintf("[%s] %s %s", strings.Join(r.Meta.Authors, "+"), r.Meta.Year, r.Meta.Publisher); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	far := parse(t, "江滨年报\n"+strings.Repeat("一、甲\n", mostFront)+"作者：闻溪"+body)
	if far.Meta.Authors != nil {
		t.Errorf("a line far behind names %q", far.Meta.Authors)
	}
	if m := shipped(t).Meta; m.Authors != nil || m.Year != "" || m.Publisher != "" {
		t.Errorf("the shipped report says nothing of itself, got %+v", m)
	}
}

// TestFrontMetaYields holds that metadata goes before the first lines.
func TestFrontMetaYields(t *testing.T) {
	r, err := parseFile(t.Context(), t, "a.md", []byte("---\nauthors: [闻溪]\n---\n# 江滨年报\n\n作者：柳岸\n\n出版社：江滨出版社\n\n有一句话。\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%v %s", r.Meta.Authors, r.Meta.Publisher); got != "[闻溪] 江滨出版社" {
		t.Errorf("got %s", got)
	}
}
