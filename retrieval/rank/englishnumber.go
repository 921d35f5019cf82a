package rank

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// englishNumber are the numbers that things are counted by.
	englishNumber = map[string]string{
		"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
		"eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
	}
	englishOrdinal = map[string]string{
		"second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
		"eleventh": "11", "twelfth": "12", "thirteenth": "13", "fourteenth": "14",
	}
	englishScale = map[string]float64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9}
	englishMonth = map[string]string{
		"january": "1", "february": "2", "march": "3", "april": "4", "may": "5", "june": "6", "july": "7", "august": "8",
		"september": "9", "october": "10", "november": "11", "december": "12",
	}
	// englishPart is what Chinese counts with the ordinal of a part: 第3批.
	englishPart = map[string]string{
		"batch": "批", "chapter": "章", "article": "条", "section": "节", "round": "轮", "session": "次", "step": "步", "phase": "期",
		"stage": "阶段", "place": "位", "generation": "代", "largest": "大", "biggest": "大", "time": "次",
	}
	englishFraction = map[string]string{"third": "3", "thirds": "3", "quarter": "4", "quarters": "4", "fifth": "5", "fifths": "5", "tenth": "10", "tenths": "10"}

	plainNumber   = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)
	printedRank   = regexp.MustCompile(`^([0-9]+)(?:st|nd|rd|th)$`)
	printedDecade = regexp.MustCompile(`^(?:19|20)?([0-9]0)'?s$`)
)

// inDigits writes an English number or ordinal in digits; "" for any other word.
func inDigits(w string) string {
	if n := englishNumber[w]; n != "" {
		return n
	}
	if n := rankOf(w); n != "" {
		return "第" + n
	}
	if m := printedDecade.FindStringSubmatch(w); m != nil {
		return m[1] + "年代"
	}
	return ""
}

// rankOf is the number of an ordinal, 13 of 13th and thirteenth, or "".
func rankOf(w string) string {
	if m := printedRank.FindStringSubmatch(w); m != nil {
		return m[1]
	}
	return englishOrdinal[w]
}

// withNumbers joins the words of an English question that Chinese prints as one
// number or date: 3 billion, 30 percent, third batch, line 4, March 5.
func withNumbers(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		if text, n := joined(words[i:], i > 0 && monthBefore[words[i-1]]); n > 0 {
			out = append(out, text)
			i += n
			continue
		}
		out = append(out, words[i])
		i++
	}
	return out
}

// monthBefore are the words behind which May is a month.
var monthBefore = map[string]bool{"in": true, "by": true, "since": true, "until": true, "from": true, "of": true, "early": true, "late": true, "mid": true, "before": true, "after": true}

// joined is the Chinese of the number or date that words start with, and how
// many of them it takes: 0 where there is none.
func joined(words []string, monthLikely bool) (string, int) {
	w, next := words[0], ""
	if len(words) > 1 {
		next = words[1]
	}
	value := strings.ReplaceAll(w, ",", "")
	if n := englishNumber[w]; n != "" {
		value = n
	}
	if w == "one" || w == "a" && (englishFraction[next] != "" || englishScale[next] > 0) {
		value = "1"
	}
	count := plainNumber.MatchString(value)
	switch {
	case w == "ten" && next == "thousand":
		return "", 0 // 万, which counts itself: every ten thousand people
	case count && englishScale[next] > 0:
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return "", 0
		}
		return strconv.FormatFloat(v*englishScale[next], 'f', -1, 64), 2
	case count && next == "percent":
		return value + "%", 2
	case count && next == "per" && len(words) > 2 && words[2] == "cent":
		return value + "%", 3
	case count && englishFraction[next] != "" && len(value) == 1:
		return value + "/" + englishFraction[next], 2
	case rankOf(w) != "" && next == "century":
		return rankOf(w) + "世纪", 2
	case rankOf(w) != "" && englishPart[next] != "":
		return "第" + rankOf(w) + englishPart[next], 2
	case w == "line" && plainNumber.MatchString(next):
		return next + "号线", 2
	case englishPart[w] != "" && w != "place" && w != "time" && plainNumber.MatchString(next) && len(next) < 4:
		return "第" + next + englishPart[w], 2
	}
	return dated(words, monthLikely)
}

var yearNumber = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)

// dated is the Chinese of the month or day that words start with: 2015年3月5日.
func dated(words []string, monthLikely bool) (string, int) {
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	text, n := "", 0
	switch month := englishMonth[words[0]]; {
	case month != "" && dayOf(at(1)) != "":
		text, n = month+"月"+dayOf(at(1))+"日", 2
	case month != "" && (monthLikely || yearNumber.MatchString(at(1)) || words[0] != "may" && words[0] != "march"):
		text, n = month+"月", 1
	case dayOf(words[0]) != "" && englishMonth[at(1)] != "":
		text, n = englishMonth[at(1)]+"月"+dayOf(words[0])+"日", 2
	default:
		return "", 0
	}
	if year := at(n); yearNumber.MatchString(year) {
		return year + "年" + text, n + 1
	}
	return text, n
}

// dayOf is the day of a month that a word names, 5 of 5th, or "".
func dayOf(word string) string {
	if m := printedRank.FindStringSubmatch(word); m != nil {
		word = m[1]
	}
	if len(word) > 2 || !plainNumber.MatchString(word) {
		return ""
	}
	return word
}
