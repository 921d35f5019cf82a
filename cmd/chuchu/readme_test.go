package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"chuchu/bot"
)

// section is what the README says under a heading, without its subsections' headings.
func section(t *testing.T, heading string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("the README has no section %q", heading)
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

var inBackticks = regexp.MustCompile("`([^`]+)`")

// backticked lists what stands in backticks in a table cell.
func backticked(cell string) []string {
	var out []string
	for _, m := range inBackticks.FindAllStringSubmatch(cell, -1) {
		out = append(out, m[1])
	}
	return out
}

// table reads the rows of a section's tables, their heads left out, each as its cells.
func table(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case !strings.HasPrefix(line, "|"):
		case strings.Trim(line, "|-: ") == "":
			rows = rows[:len(rows)-1] // what stands above a rule is a head
		default:
			rows = append(rows, strings.Split(strings.Trim(line, "|"), "|"))
		}
	}
	return rows
}

// readVariables are the environment variables that the program reads, with the
// flag of the same meaning; empty where there is none.
func readVariables(t *testing.T) map[string]string {
	t.Helper()
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	vars := map[string]string{tokenVar: "", tokenFileVar: "", secretVar: "", "NO_COLOR": ""}
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok {
			for _, env := range f.Envs {
				if flag, known := vars[env]; known && flag != "--"+f.Name {
					t.Errorf("%s is read for --%s and %q", env, f.Name, flag)
				}
				vars[env] = "--" + f.Name
			}
		}
		return next(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return vars
}

func TestReadmeListsTheSettings(t *testing.T) {
	want := readVariables(t)
	if len(want) < 4 {
		t.Fatalf("the flags name no variable: %q", want)
	}
	listed := map[string]bool{}
	for _, row := range table(section(t, "Settings")) {
		for _, name := range backticked(row[0]) {
			flag, ok := want[name]
			switch {
			case !ok:
				t.Errorf("the README lists %s, which the program does not read", name)
			case listed[name]:
				t.Errorf("the README lists %s twice", name)
			case strings.Join(backticked(row[1]), " ") != flag:
				t.Errorf("the README gives %s the flag %q, the program %q", name, row[1], flag)
			}
			listed[name] = true
		}
	}
	for name := range want {
		if !listed[name] {
			t.Errorf("the README does not list %s", name)
		}
	}
}

func TestReadmeListsTheLibraries(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for _, r := range mod.Require {
		if !r.Indirect {
			direct[strings.TrimPrefix(r.Path, "github.com/")] = true
		}
	}
	if len(direct) == 0 {
		t.Fatal("go.mod has no direct dependency")
	}
	named := map[string]bool{}
	for _, row := range table(section(t, "Libraries")) {
		for _, name := range backticked(row[0]) {
			named[strings.TrimPrefix(name, "github.com/")] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(direct)) {
		if !named[name] {
			t.Errorf("the README does not say why %s is here", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if !direct[name] {
			t.Errorf("the README names %s, which go.mod does not need", name)
		}
	}
}

// TestReadmeShowsWhoMayDoWhat compares the README's table with the one that a
// test of the bot holds.
func TestReadmeShowsWhoMayDoWhat(t *testing.T) {
	want, err := os.ReadFile(filepath.Join(root, "bot/telegram/testdata/access.md"))
	if err != nil {
		t.Fatal(err)
	}
	if got := section(t, "Who may do what"); len(want) == 0 || !strings.Contains(got, "\n\n"+string(want)+"\n") {
		t.Errorf("the README's table is not\n%s", want)
	}
}

// TestReadmeListsTheChatCommands compares the README's table with the menu that
// Telegram shows.
func TestReadmeListsTheChatCommands(t *testing.T) {
	listed := map[string]bool{}
	for _, line := range strings.Split(section(t, "Run the bot"), "\n") {
		if row, ok := strings.CutPrefix(line, "| `/"); ok {
			first, rest, _ := strings.Cut("`/"+row, "|")
			for _, m := range regexp.MustCompile("`/([a-z]+)`").FindAllStringSubmatch(first, -1) {
				listed[m[1]] = strings.Contains(rest, "admins:")
			}
		}
	}
	for _, c := range bot.New(nil, bot.Options{}).Menu() {
		admin, ok := listed[c.Name]
		if !ok || admin != c.Admin {
			t.Errorf("/%s: in the README %v, as the admins' %v; it is theirs: %v", c.Name, ok, admin, c.Admin)
		}
		delete(listed, c.Name)
	}
	for name := range listed {
		t.Errorf("the README lists /%s, which there is not", name)
	}
}
