package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"chuchu/bot/words"
)

const (
	statsDays    = 30
	topSections  = 5
	lastFeedback = 10
	day          = 24 * time.Hour
	sectionJoint = " › " // between the headings of a section
)

// figures are what the history says of the last days.
type figures struct {
	today    time.Time
	days     []dayFigures // oldest first, the last is today
	all      int
	found    int
	people   int
	median   time.Duration
	sections []section // asked about most
}

type dayFigures struct {
	asked, found int
	took         []time.Duration
}

type section struct {
	name  string
	asked int
}

// count reads the figures of the days up to now.
func (b *Bot) count(now time.Time) (figures, error) {
	f := figures{today: now.UTC(), days: make([]dayFigures, statsDays)}
	people, sections := map[string]bool{}, map[string]int{}
	var took []time.Duration
	first := now.UTC().Truncate(day).Add(-(statsDays - 1) * day)
	err := b.mem.History(first, func(a Asked) {
		i := int(a.Time.UTC().Truncate(day).Sub(first) / day)
		if i < 0 || i >= statsDays {
			return
		}
		d := &f.days[i]
		d.asked++
		d.took = append(d.took, a.Took)
		took = append(took, a.Took)
		if f.all++; a.Found {
			f.found++
			d.found++
		}
		if a.User != "" {
			people[a.User] = true
		}
		if a.Section != "" {
			sections[a.Section]++
		}
	})
	if err != nil {
		return f, fmt.Errorf("read the history: %w", err)
	}
	f.people, f.median = len(people), median(took)
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		f.sections = append(f.sections, section{name, sections[name]})
	}
	slices.SortStableFunc(f.sections, func(a, b section) int { return cmp.Compare(b.asked, a.asked) })
	f.sections = f.sections[:min(len(f.sections), topSections)]
	return f, nil
}

func median(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	d = slices.Clone(d)
	slices.Sort(d)
	return (d[(len(d)-1)/2] + d[len(d)/2]) / 2
}

func percent(part, all int) int {
	if all == 0 {
		return 0
	}
	return (200*part + all) / (2 * all)
}

// stats tells admins how questions are answered.
func (b *Bot) stats(w words.Words) (Reply, error) {
	if b.opt.NoHistory {
		return Reply{Text: w.StatsOff}, nil
	}
	f, err := b.count(b.opt.Now())
	if err != nil {
		return Reply{}, err
	}
	good, bad := 0, 0
	err = b.mem.Ratings(func(r Rating) {
		if r.Good {
			good++
		} else {
			bad++
		}
	})
	if err != nil {
		return Reply{}, fmt.Errorf("read the ratings: %w", err)
	}
	said, err := b.mem.Feedback(lastFeedback)
	if err != nil {
		return Reply{}, fmt.Errorf("read the feedback: %w", err)
	}
	var r Reply
	lines := f.lines(w)
	if f.all == 0 {
		lines = []string{w.StatsNone}
	} else if r.Photo, err = f.draw(w.Chart); err != nil {
		return Reply{}, err
	}
	lines = append(lines, w.StatsRatings(good, bad))
	if len(said) > 0 {
		lines = append(lines, "", w.StatsFeedback)
	}
	r.Text = fill(lines, said)
	return r, nil
}

// maxCaption is the length of a picture's caption, in characters.
const maxCaption = 1024

// fill writes the lines, and of the feedback what a caption has room for.
func fill(lines []string, said []Feedback) string {
	text := strings.Join(lines, "\n")
	left := maxCaption - len([]rune(text))
	for _, s := range said {
		line := "\n· " + s.Time.UTC().Format(time.DateOnly) + " " + shorten(oneLine(s.Text), maxToast)
		if left -= len([]rune(line)); left < 0 {
			break
		}
		text += line
	}
	return text
}

func (f figures) lines(w words.Words) []string {
	out := []string{
		w.Stats(statsDays, f.all, f.found, percent(f.found, f.all)),
		w.StatsUsers(f.people),
		w.StatsMedian(int(f.median.Round(time.Millisecond).Milliseconds())),
	}
	if len(f.sections) > 0 {
		out = append(out, w.StatsSections)
	}
	for i, s := range f.sections {
		out = append(out, fmt.Sprintf("%d. %s (%d)", i+1, shorten(s.name, titleLen), s.asked))
	}
	return out
}
