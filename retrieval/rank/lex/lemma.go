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
//   - -er and -est in the same way (stricter, dirtiest), -ly: bare, -ily: -y;
//   - British as American: -our, -ise, -isation, -yse, -tre, -amme, and british.
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
	if s, ok := cut("ves"); ok {
		return []string{s + "ve", s + "f", s + "fe"}
	}
	if s, ok := cut("es"); ok {
		return []string{s + "e", s}
	}
	if s, ok := cut("s"); ok {
		return []string{s}
	}
	for _, end := range []string{"iest", "ier", "ily"} {
		if s, ok := cut(end); ok {
			return []string{s + "y"}
		}
	}
	if s, ok := cut("ly"); ok {
		return []string{s, s + "le"}
	}
	for _, end := range []string{"ing", "ed", "est", "er"} {
		if s, ok := cut(end); ok && strings.ContainsAny(s, "aeiouy") {
			if len(s) == 2 {
				return []string{s + "e"} // used: no us
			}
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

// british is what some words are spelled like in Britain within the word.
var british = strings.NewReplacer("bour", "bor", "vour", "vor", "lour", "lor", "sulph", "sulf", "grey", "gray", "tyre", "tire", "cheque", "check", "ageing", "aging", "defence", "defense", "offence", "offense", "licence", "license")

// american rewrites the commonest British spellings.
func american(w string) string {
	w = british.Replace(w)
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
worst:bad faster:fast fastest:fast longer:long longest:long richer:rich poorer:poor
cleaner:clean dirtier:dirty bred:breed broke:break broken:break caught:catch drew:draw drawn:draw dug:dig ate:eat eaten:eat
fed:feed felt:feel fought:fight flew:fly flown:fly froze:freeze frozen:freeze hid:hide hidden:hide knew:know laid:lay
lain:lie lit:light meant:mean overtook:overtake ran:run saw:see seen:see shook:shake shot:shoot shrank:shrink shrunk:shrink
sank:sink sunk:sink slept:sleep spoke:speak spoken:speak stole:steal stolen:steal stood:stand struck:strike swept:sweep
swam:swim thought:think threw:throw thrown:throw told:tell tore:tear torn:tear undertook:undertake understood:understand
woke:wake wore:wear worn:wear withdrew:withdraw withdrawn:withdraw overcame:overcome underwent:undergo rode:ride ridden:ride
bound:bind burnt:burn learnt:learn leapt:leap oversaw:oversee forbade:forbid forbidden:forbid heard:hear hurt:hurt
mice:mouse feet:foot teeth:tooth geese:goose fish:fish sheep:sheep series:series species:species
criteria:criterion strata:stratum curricula:curriculum bacteria:bacterium hypotheses:hypothesis bases:basis
farther:far further:far furthest:far`)

func pairs(s string) map[string]string {
	m := map[string]string{}
	for f := range strings.FieldsSeq(s) {
		form, base, _ := strings.Cut(f, ":")
		m[form] = base
	}
	return m
}

// Stop reports whether an English word names nothing that a report could be
// searched for.
func Stop(word string) bool {
	n := normal(word)
	return n == "" || n == "s" || stopWords[n]
}

var stopWords = wordSet(`a an the this that these those some any each every all both either neither no not
of in on at by for with from to into onto upon within without about above below under over between among amongst
through throughout during before after since until till against toward towards via as than then so too also just only
even still yet already ever never very quite rather much many more most less least few several such same other others
another and or nor but if whether because while although though unless despite like unlike etc
i me my we us our ours you your yours he him his she her hers it its they them their theirs there here
myself yourself himself herself itself ourselves themselves oneself own
who whom whose which what whatever when whenever where wherever why how however
am is are was were be been being do does did done doing have has had having can could cannot may might must ought
shall should will would let get gets got gotten getting make makes made making take takes took taken taking
give gives gave given giving put puts putting come comes came coming go goes went gone going keep keeps kept keeping
become becomes became becoming seem seems seemed want wants wanted wish need needs needed try tries tried trying
know knows knew known think thinks thought believe happen happens happened bring brings brought look looks looked
please tell show shows explain describe say says said saying mention mentioned mentions stated according exactly actually
really roughly approximately currently now nowadays today recently altogether together especially particularly
mainly largely mostly usually generally typically basically originally eventually finally ultimately initially
one ones thing things anything something everything nothing anyone someone everyone anybody somebody everybody nobody
out up down off away back again along around across behind beyond ok okay hi hello thanks thank dear hey well oh
don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't
it's that's there's they're we're you're i'm i'd i've they've we've he's she's let's what's who's
lot lots bit way ways able else instead due term figure figures report reports
count counts counted deal deals dealt yes`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
