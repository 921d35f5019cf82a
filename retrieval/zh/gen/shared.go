package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// revived are traditional forms that simplified text keeps for some words,
// and names: 乾坤, 徵羽, 於 as a surname.
const revived = "乾吒夥徵捱摺於榘甯菸薹醣麴麽"

// writeShared lists, of the characters that are converted and those that they
// are converted to, the ones that both scripts use: 里, 后, 台, 面.
func (c conversion) writeShared(opencc string) error {
	data, err := os.ReadFile(filepath.Join(opencc, "dictionary", "STCharacters.txt"))
	if err != nil {
		return err
	}
	forms := make(map[string]string) // simplified to the traditional ones it may be
	for line := range strings.Lines(string(data)) {
		key, values, _ := strings.Cut(strings.TrimSpace(line), "\t")
		forms[key] = values
	}
	shared := make(map[string]bool)
	for from, to := range c.chars {
		if _, simplified := forms[string(from)]; simplified || strings.ContainsRune(revived, from) {
			shared[string(from)] = true
		}
		if values, ok := forms[string(to)]; !ok || strings.ContainsRune(values, to) {
			shared[string(to)] = true
		}
	}
	var list []string
	for s := range shared {
		list = append(list, s)
	}
	slices.Sort(list)
	return os.WriteFile(filepath.Join(root, "data", "shared.txt"), []byte(strings.Join(list, "")+"\n"), 0o644)
}
