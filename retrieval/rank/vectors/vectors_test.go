package vectors

import (
	"slices"
	"testing"
)

func TestLikeWordsAreAlike(t *testing.T) {
	table, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	likeness := func(a, b string) float32 {
		x, ok := table.Word(a)
		y, ok2 := table.Word(b)
		if !ok || !ok2 {
			t.Fatalf("%s or %s is not known", a, b)
		}
		return table.Likeness(x, y)
	}
	for _, c := range [][3]string{ // word, like word, unlike word
		{"户口", "户籍", "海洋"},
		{"便宜", "低廉", "大学"},
		{"堵车", "拥堵", "诗歌"},
		{"审批", "批准", "鱼类"},
	} {
		near, far := likeness(c[0], c[1]), likeness(c[0], c[2])
		if near < 0.6 || far > 0.3 {
			t.Errorf("%s: %s %.2f, %s %.2f", c[0], c[1], near, c[2], far)
		}
	}
	if l := likeness("户口", "户口"); l < 0.99 || l > 1.01 {
		t.Errorf("a word is %.3f like itself", l)
	}
}

func TestDirectionOfWordsTogether(t *testing.T) {
	table, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	vector := func(text string) *Vector {
		v := new(Vector)
		for _, f := range table.Words(text) {
			table.Add(v, f.ID, 1)
		}
		return v
	}
	asked := vector("堵车怎么办")
	if near, far := asked.Cosine(vector("缓解交通拥堵")), asked.Cosine(vector("唐代诗歌选集")); near < far+0.2 {
		t.Errorf("near %.2f, far %.2f", near, far)
	}
	if c := asked.Cosine(new(Vector)); c != 0 {
		t.Errorf("the cosine with nothing is %v", c)
	}
}

func TestWordsOfAText(t *testing.T) {
	table, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	text := "2015年,上海市发布规划。abc"
	var got []string
	for _, f := range table.Words(text) {
		for w, id := range table.ids {
			if id == f.ID {
				got = append(got, w)
				if text[f.Start:f.Start+len(w)] != w {
					t.Errorf("%s does not stand at %d", w, f.Start)
				}
			}
		}
	}
	if want := []string{"上海市", "发布", "规划"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
