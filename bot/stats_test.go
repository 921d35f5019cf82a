package bot

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
)

// TestTableHoldsNoFormula writes what people asked so that no spreadsheet runs it.
func TestTableHoldsNoFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"江滨港多大": "江滨港多大", "": "", "2+2": "2+2",
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "  =1": "'  =1", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n1": "'\n1",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠A": "'＠A", "\u3000=1": "'\u3000=1", "\u200b=1": "'\u200b=1", "\ufeff=1": "'\ufeff=1", "\u202e=1": "'\u202e=1", "|cmd": "'|cmd",
		`=HYPERLINK("http://x","y")` + "\n": `'=HYPERLINK("http://x","y")` + "\n",
	} {
		data, _, err := table(maxTable, []string{"question", "times", "last"}, 1, func(int) []string { return []string{cell, "1", "0"} })
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 3 || strings.ReplaceAll(rows[1][0], "\r", "") != strings.ReplaceAll(want, "\r", "") {
			t.Errorf("%q is written as %q, %v, want %q", cell, rows, err, want)
		}
	}
}

// TestTableEndsInTime holds that a table stops at whole rows before it is too
// large to be sent.
func TestTableEndsInTime(t *testing.T) {
	const rows = 100_000
	row := func(i int) []string { return []string{strings.Repeat("很长的问题", 60), strconv.Itoa(i)} }
	file, wrote, err := table(maxTable, []string{"question", "n"}, rows, row)
	if err != nil || wrote >= rows || len(file) > maxTable || len(file) < maxTable-2000 {
		t.Fatalf("%d rows are written in %d bytes, %v", wrote, len(file), err)
	}
	if end := "," + strconv.Itoa(wrote-1) + "\n"; !strings.HasSuffix(string(file), end) {
		t.Errorf("the last row is not whole: %q", file[len(file)-20:])
	}
	if _, all, err := table(maxTable, []string{"question", "n"}, rows, func(i int) []string { return row(i)[1:] }); err != nil || all != rows {
		t.Errorf("%d rows of %d are written, %v", all, rows, err)
	}
}
