package main

import (
	"regexp"
	"slices"
	"strings"
)

var englishWord = regexp.MustCompile(`[A-Za-z]+`)

// endings are cut off to bring a family of words together; longest first.
var endings = []string{
	"izations", "ization", "ically", "ations", "ation", "ments", "ment", "ingly", "ional", "ness", "ions", "ion",
	"ical", "ance", "ence", "able", "ible", "ally", "ings", "ing", "ies", "ied", "ers", "ors", "ive", "ial", "ity",
	"ed", "er", "or", "es", "ly", "al", "ic", "e", "s", "y",
}

// stem is crude on purpose: it only has to send "congested" and "congestion"
// the same way, and a wrong meeting must survive the other tests of a pair.
func stem(w string) string {
	for _, end := range endings {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= minStem {
			return s
		}
	}
	return w
}

// stems lists the stems of the content words of a printed meaning.
func stems(part string) []string {
	var out []string
	for _, w := range englishWord.FindAllString(strings.ToLower(reading.ReplaceAllString(part, "")), -1) {
		if len(w) < 3 || stopWords[w] || fillers[w] || ambiguous[w] {
			continue
		}
		if s := stem(w); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// fillers are words of the dictionary's own phrasing.
var fillers = set(`lit fig esp coll abbr idiom literary person people place sth used etc kind sort type
various several usually often ones self oneself also old chinese china term word words specially especially
part state good bad big small great large high low long short new`)

// ambiguous English words mean two things at least; alone they prove nothing.
var ambiguous = set(`abstract account act address agent air apply appreciate arm article arms balance ball band bank bar
base bear beat bill bit block blow board body bond book boom boot bound bow box branch break bridge bright bug can cap
capital case cast cell change channel character charge check class clear clip close club coach coat code cold collect
column command company compass complex concrete conduct content contract cool copy corn country course court cover crane
cross current custom dear degree delivery deposit desert diet direct discount dock double draft draw dress drill drive
drop dry due dull duty ear engage entrance even exact exhaust express face fair fall fast fat fault figure file film
fine firm fit fix flat float floor fly fold foot force form foundation frame free fresh game gas general gift grade
grain grave ground hail hand handle hard head heavy hide hold host humor idle image incense interest iron issue
jam judge just key kind land lead leaf lean leave left lie light like line list live lock log long lot low mail major
manual march mark mass master match matter mean measure medium minor minute miss model mold mole moment mood moral mount
nail nature net note notice novel object odd official operate operation order organ pack page palm paper park party pass
patient pen period pick pipe pitch place plain plane plant plate play plot point pole pool port post pound power practice
present press pretty principal produce project proper property pupil punch quarter race raise range rank rare rate raw
record reason refuse relative relief rent reserve rest return rich right ring rise rock roll root rough round row rule
run safe sanction save scale school score screen seal season seat second secretary sense sentence serve service set
settle shade share sharp sheet shift ship shoot shop short show sick side sign single sink slip smart solution sole
solid sound space spell spirit spot spring stable staff stage stamp stand standard staple star state station stay steep
step stick still stock stop store story strain strange stream strike string strip stroke subject suit swallow sweet
switch table tank tap term test tie tip tire title toast top touch track trade train treat trip trunk trust turn type
utter vessel vice view volume wake watch wave way weigh well wind work yard yield`)
