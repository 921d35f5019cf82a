package bot

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chuchu/bot/words"
)

const (
	statsDays    = 30
	topSections  = 5
	lastFeedback = 10
	day          = 24 * time.Hour
)

// figures are what the history says of the last days.
type figures struct {
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
	f := figures{days: make([]dayFigures, statsDays)}
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
	f, err := b.count(b.opt.Now())
	if err != nil {
		return Reply{}, err
	}
	good, bad, err := b.mem.Ratings()
	if err != nil {
		return Reply{}, fmt.Errorf("read the ratings: %w", err)
	}
	said, err := b.mem.Feedback(lastFeedback)
	if err != nil {
		return Reply{}, fmt.Errorf("read the feedback: %w", err)
	}
	var r Reply
	lines := f.lines(w)
	switch {
	case b.opt.NoHistory:
		lines = []string{w.StatsOff}
	case f.all == 0:
		lines = []string{w.StatsNone}
	default:
		if r.Photo, err = f.draw(); err != nil {
			return Reply{}, err
		}
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
		w.StatsMedian(int(f.median.Milliseconds())),
	}
	if len(f.sections) > 0 {
		out = append(out, w.StatsSections)
	}
	for i, s := range f.sections {
		out = append(out, fmt.Sprintf("%d. %s (%d)", i+1, shorten(s.name, titleLen), s.asked))
	}
	return out
}

// missed is a question that was not answered.
type missed struct {
	question string // folded
	times    int
	last     time.Time
}

// unanswered gives admins the questions without an answer, those asked most
// often first.
func (b *Bot) unanswered(w words.Words) (Reply, error) {
	byText := map[string]*missed{}
	err := b.mem.History(time.Time{}, func(a Asked) {
		if a.Found {
			return
		}
		m := byText[a.Folded]
		if m == nil {
			m = &missed{question: a.Folded}
			byText[a.Folded] = m
		}
		m.times++
		m.last = a.Time
	})
	if err != nil {
		return Reply{}, fmt.Errorf("read the history: %w", err)
	}
	if len(byText) == 0 {
		if b.opt.NoHistory {
			return Reply{Text: w.StatsOff}, nil
		}
		return Reply{Text: w.UnansweredNone}, nil
	}
	list := slices.SortedFunc(maps.Values(byText), func(a, b *missed) int {
		return cmp.Or(cmp.Compare(b.times, a.times), b.last.Compare(a.last), cmp.Compare(a.question, b.question))
	})
	rows := [][]string{{"question", "times", "last_asked"}}
	for _, m := range list {
		rows = append(rows, []string{m.question, strconv.Itoa(m.times), m.last.UTC().Format(time.RFC3339)})
	}
	file, err := table(rows)
	if err != nil {
		return Reply{}, fmt.Errorf("write the unanswered questions: %w", err)
	}
	return Reply{Text: w.Unanswered(len(list)), Document: &Document{Name: "unanswered.csv", Data: file}}, nil
}

// table writes rows as CSV that a spreadsheet reads as UTF-8, and of which it
// runs nothing.
func table(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
	}
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	first := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) })
	if r, _ := utf8.DecodeRuneInString(first); strings.ContainsRune("=+-@＝＋－＠−|%", r) || cell != "" && strings.ContainsRune("\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
