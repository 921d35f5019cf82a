package zh

import "strconv"

// hanDigit gives the value of a Chinese digit.
func hanDigit(r rune) (uint64, bool) {
	switch r {
	case '〇', '○', '零':
		return 0, true
	case '一':
		return 1, true
	case '二', '两':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// hanUnit gives the value of 十, 百 or 千.
func hanUnit(r rune) uint64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// composed reads a number with units (十五, 一千二百万) and nothing that is not
// strictly one: 三四十, 一百五, 十三五 are none, nor are 百 and 万 alone.
func composed(run []rune) (string, bool) {
	if len(run) < 2 {
		return "", false
	}
	v, ok := aboveYi(run)
	if !ok {
		return "", false
	}
	return strconv.FormatUint(v, 10), true
}

// aboveYi reads up to 9999 万亿.
func aboveYi(run []rune) (uint64, bool) {
	i := lastIndex(run, '亿')
	if i < 0 {
		return aboveWan(run, true)
	}
	high, ok := aboveWan(run[:i], true)
	if !ok || high == 0 {
		return 0, false
	}
	if i+1 == len(run) {
		return high * 1e8, true
	}
	low, ok := aboveWan(run[i+1:], false)
	return high*1e8 + low, ok
}

// aboveWan reads up to 9999 万 and 9999; first tells that nothing precedes.
func aboveWan(run []rune, first bool) (uint64, bool) {
	if !first && len(run) > 0 && isZero(run[0]) {
		run = run[1:]
	}
	i := lastIndex(run, '万')
	if i < 0 {
		return section(run, first)
	}
	high, ok := section(run[:i], first)
	if !ok || high == 0 {
		return 0, false
	}
	if i+1 == len(run) {
		return high * 1e4, true
	}
	rest := run[i+1:]
	gap := isZero(rest[0])
	if gap {
		rest = rest[1:]
	}
	// A lone digit without 零 counts the next unit down (两万五): leave it.
	if len(rest) == 0 || len(rest) == 1 && !gap {
		return 0, false
	}
	low, ok := section(rest, false)
	return high*1e4 + low, ok
}

// section reads a number below ten thousand. 十 needs a digit before it unless
// it comes first.
func section(run []rune, first bool) (uint64, bool) {
	var sum uint64
	unit, gap := uint64(10000), false
	for i := 0; i < len(run); i++ {
		d, isDigit := hanDigit(run[i])
		switch {
		case !isDigit:
			if run[i] != '十' || i > 0 || !first {
				return 0, false
			}
			sum, unit = 10, 10
			continue
		case d == 0:
			if gap || i == 0 || i+1 == len(run) {
				return 0, false
			}
			gap = true
			continue
		}
		if i+1 == len(run) {
			// The last digit stands for itself after 十 or 零 only.
			return sum + d, len(run) == 1 || (unit == 10 || gap) && run[i] != '两'
		}
		u := hanUnit(run[i+1])
		if u == 0 || u >= unit || run[i] == '两' && u == 10 {
			return 0, false
		}
		sum, unit, gap = sum+d*u, u, false
		i++
	}
	return sum, len(run) > 0
}

// digits reads a number given digit by digit.
func digits(run []rune) (string, bool) {
	out := make([]byte, 0, len(run))
	for _, r := range run {
		d, ok := hanDigit(r)
		if !ok || r == '两' {
			return "", false
		}
		out = append(out, byte('0'+d))
	}
	return string(out), len(out) > 0
}

// single reads one digit, or 十.
func single(run []rune) (string, bool) {
	if len(run) != 1 {
		return "", false
	}
	if run[0] == '十' {
		return "10", true
	}
	d, ok := hanDigit(run[0])
	return strconv.FormatUint(d, 10), ok
}

func isZero(r rune) bool { return r == '零' || r == '〇' || r == '○' }

func lastIndex(run []rune, r rune) int {
	for i := len(run) - 1; i >= 0; i-- {
		if run[i] == r {
			return i
		}
	}
	return -1
}
