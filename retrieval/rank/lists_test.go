package rank

import (
	"testing"

	"chuchu/retrieval/zh"
)

func TestListsOf(t *testing.T) {
	for text, want := range map[string]uint16{
		"":          0,
		"杭州与宁波":     0,
		"茶、瓷":       1 << 2,
		"茶、瓷和丝":     1 << 3,
		"茶、瓷、丝，桥、塔": 1<<3 | 1<<2,
		"四大名茶：龙井、毛峰、猴魁以及碧螺春，另有白茶、黄茶":        1<<4 | 1<<2,
		"一、二、三、四、五、六、七、八、九、十、甲、乙、丙、丁、戊、己、庚": 0, // of more than are told apart
	} {
		if got := listsOf(text); got != want {
			t.Errorf("%q has lists %b, want %b", text, got, want)
		}
	}
}

func TestCountOf(t *testing.T) {
	r := newRanker(t)
	for question, want := range map[string]int{
		"哪四座城市产茶":            4,
		"三大名茶是哪三种":           3,
		"name the five teas": 5,
		"第三批茶园有哪些":           0,
		"2015年产茶的有哪些省":       0,
		"12个省都有哪些茶":          12,
		"哪些省产茶":              0,
	} {
		if got := understand(t, r, question).count; got != want {
			t.Errorf("%s (%s) names %d, want %d", question, zh.FoldText(question), got, want)
		}
	}
}

// TestListOfAsMany tells the list with as many members as are asked for.
func TestListOfAsMany(t *testing.T) {
	r := newRanker(t, "省里的三种名茶为龙井、毛峰和猴魁。", "省里的名茶里有黄茶、白茶。")
	q := understand(t, r, "省里的三种名茶是哪三种")
	for ord, want := range []bool{true, false} {
		if got := q.listed(&r.doc(ord).sense(r.words, r.background.Word).units[0]); (got == 1) != want {
			t.Errorf("passage %d is listed %v", ord, got)
		}
	}
}
