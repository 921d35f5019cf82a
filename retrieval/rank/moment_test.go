package rank

import "testing"

// TestMoment tells the value of now from that of then.
func TestMoment(t *testing.T) {
	r := newRanker(t, "清溪茶园始建于2011年，面积11平方公里，由三个村合办。2014年清溪茶园向北扩建，面积达到25平方公里，由县里统管。", "湿地面积为30平方公里。")
	for question, want := range map[string]string{
		"清溪茶园现在面积多大":                  "25平方公里",
		"清溪茶园目前的面积":                   "25平方公里",
		"清溪茶园最初面积多大":                  "11平方公里",
		"清溪茶园扩建后面积多大":                 "25平方公里",
		"清溪茶园原来有多大":                   "11平方公里",
		"how large is 清溪茶园 area now?": "25平方公里",
	} {
		if _, quote, answer := first(askRanker(t, r, question)); answer != want {
			t.Errorf("%s: %q in %q, want %q", question, answer, quote, want)
		}
	}
	if _, quote, _ := first(askRanker(t, r, "清溪茶园面积")); quote != "清溪茶园始建于2011年，面积11平方公里，由三个村合办。2014年清溪茶园向北扩建，面积达到25平方公里，由县里统管。" {
		t.Errorf("of a question for neither moment %q is quoted", quote)
	}
}
