package lex

import "strings"

// normal is how an English word or phrase is written as a key: lower case,
// straight apostrophes, hyphens as spaces, no stop or bracket around it.
func normal(w string) string {
	w = plain.Replace(strings.ToLower(w))
	return strings.Join(strings.Fields(strings.Trim(w, " .,;:!?()[]\"“”'")), " ")
}

var plain = strings.NewReplacer("’", "'", "‑", " ", "–", " ", "-", " ")

// Forms lists what an English word may be entered as, the word itself first:
//
//   - without 's or s';
//   - an irregular form's base (built: build);
//   - -ies: -y (cities); -es: bare (taxes) or -e; -s: bare (zones), but not -ss;
//   - -ing and -ed: bare (issuing), with -e (rising), without a doubled
//     consonant (planned); -ied: -y (applied);
//   - British as American: -our, -ise, -isation, -yse, -tre, -amme.
//
// A wrong form does no harm unless it happens to be another entry.
func Forms(word string) []string {
	w := normal(word)
	out := []string{w}
	add := func(f string) {
		for _, o := range out {
			if o == f {
				return
			}
		}
		if len(f) >= 2 {
			out = append(out, f)
		}
	}
	bare := strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "'")
	add(bare)
	if base, ok := irregular[bare]; ok {
		add(base)
	}
	for _, f := range []string{american(bare), bare} {
		add(f)
		for _, base := range regular(f) {
			add(base)
			add(american(base))
		}
	}
	return out
}

// regular undoes the regular endings; words of three letters have none.
func regular(w string) []string {
	cut := func(end string) (string, bool) {
		s, ok := strings.CutSuffix(w, end)
		return s, ok && len(s) >= 2
	}
	if s, ok := cut("ies"); ok {
		return []string{s + "y", s + "ie"}
	}
	if s, ok := cut("ied"); ok {
		return []string{s + "y", s + "ie"}
	}
	if strings.HasSuffix(w, "ss") || len(w) < 4 {
		return nil
	}
	if s, ok := cut("es"); ok {
		return []string{s + "e", s}
	}
	if s, ok := cut("s"); ok {
		return []string{s}
	}
	for _, end := range []string{"ing", "ed"} {
		if s, ok := cut(end); ok && strings.ContainsAny(s, "aeiouy") {
			if n := len(s); n > 2 && s[n-1] == s[n-2] && !strings.ContainsAny(s[n-1:], "ls") {
				return []string{s[:n-1], s}
			}
			if n := len(s); n > 2 && s[n-1] == 'l' && s[n-2] == 'l' {
				return []string{s, s[:n-1]}
			}
			return []string{s, s + "e"}
		}
	}
	return nil
}

// american rewrites the commonest British spellings.
func american(w string) string {
	for _, p := range [][2]string{{"isation", "ization"}, {"yse", "yze"}, {"ise", "ize"}, {"tre", "ter"}, {"amme", "am"}, {"our", "or"}} {
		if s, ok := strings.CutSuffix(w, p[0]); ok && len(s) >= 3 {
			return s + p[1]
		}
	}
	return w
}

// irregular forms that policy questions use.
var irregular = pairs(`built:build held:hold grew:grow grown:grow spent:spend rose:rise risen:rise fell:fall fallen:fall
began:begin begun:begin made:make gave:give given:give took:take taken:take paid:pay cost:cost drove:drive driven:drive
led:lead left:leave met:meet set:set sold:sell bought:buy sent:send lent:lend lost:lose won:win wrote:write written:write
chose:choose chosen:choose brought:bring dealt:deal found:find kept:keep laid:lay sought:seek shown:show taught:teach
people:person children:child men:man women:woman data:data criteria:criterion media:media analyses:analysis crises:crisis
leaves:leaf lives:life halves:half wives:wife shelves:shelf bases:base indices:index matrices:matrix phenomena:phenomenon
higher:high highest:high lower:low lowest:low larger:large largest:large bigger:big biggest:big smaller:small
smallest:small cheaper:cheap cheapest:cheap older:old oldest:old newer:new newest:new better:good best:good worse:bad
worst:bad faster:fast fastest:fast longer:long longest:long richer:rich poorer:poor cleaner:clean dirtier:dirty`)

func pairs(s string) map[string]string {
	m := map[string]string{}
	for f := range strings.FieldsSeq(s) {
		form, base, _ := strings.Cut(f, ":")
		m[form] = base
	}
	return m
}

// stopWords name nothing a report could be searched for.
var stopWords = wordSet(`a an the this that these those some any each every all both either neither no not
of in on at by for with from to into onto upon within without about above below under over between among
through during before after since until till against toward towards via as than then so too also just only
even still yet already ever never very quite rather much many more most less least few several such same other
another and or but nor if whether because while although though unless i me my we us our you your he him his she
her it its they them their there here who whom whose which what when where why how is are was were be been being
am do does did done doing have has had having can could may might must shall should will would get got gets let
please tell show explain describe say says said mention mentioned stated according exactly actually
one ones thing things anything something out up down off again ok hi hello thanks`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
