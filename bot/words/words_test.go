package words

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"chuchu/retrieval/zh"
)

var languages = []Language{Simplified, Traditional, English}

// said lists all that a language can say by the name of its field, and has
// funcs speak of the numbers 1 and 7 and of Ⓐ and Ⓑ.
func said(t *testing.T, l Language) map[string]string {
	out := map[string]string{}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			out[name] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Func:
			if v.IsNil() {
				out[name] = ""
				return
			}
			for _, n := range []int{1, 7} {
				var args []reflect.Value
				for i := range v.Type().NumIn() {
					if v.Type().In(i).Kind() == reflect.Int {
						args = append(args, reflect.ValueOf(n))
					} else {
						args = append(args, reflect.ValueOf(string('Ⓐ'+rune(i))))
					}
				}
				text := v.Call(args)[0].String()
				for _, a := range args {
					if !strings.Contains(text, fmt.Sprint(a)) {
						t.Errorf("%s of language %d is %q, without its %v", name, l, text, a)
					}
				}
				out[name] += text + "\n"
			}
		default:
			t.Errorf("%s is a %s", name, v.Kind())
		}
	}
	walk("", reflect.ValueOf(In(l)))
	return out
}

func TestNothingIsUnsaid(t *testing.T) {
	for _, l := range languages {
		all := said(t, l)
		if len(all) < 40 {
			t.Errorf("language %d has %d fields", l, len(all))
		}
		for name, text := range all {
			if strings.TrimSpace(text) == "" {
				t.Errorf("language %d has no %s", l, name)
			}
		}
	}
}

// documentNumber is the example of one: it is as printed in any language.
const documentNumber = "国发〔2016〕18号"

func TestEachIsInItsScript(t *testing.T) {
	for _, l := range languages {
		for name, text := range said(t, l) {
			han, traditional, simplified := zh.Scripts(strings.ReplaceAll(text, documentNumber, ""))
			switch {
			case l == Simplified && traditional > 0, l == Traditional && simplified > 0, l == English && han > 0:
				t.Errorf("%s of language %d is %q", name, l, text)
			case l == English && strings.ContainsAny(text, "，。：；、（）"):
				t.Errorf("%s of English has Chinese punctuation: %q", name, text)
			}
		}
	}
}

// TestTraditionalSaysTheSame holds what is said in the two scripts together.
func TestTraditionalSaysTheSame(t *testing.T) {
	local := strings.NewReplacer("斜線", "斜杠", "跟著", "跟着")
	simple := said(t, Simplified)
	for name, text := range said(t, Traditional) {
		if got, want := zh.FoldText(local.Replace(text)), zh.FoldText(simple[name]); got != want {
			t.Errorf("%s says %q in traditional characters, %q in simplified ones", name, got, want)
		}
	}
}

func TestUnclearIsSimplified(t *testing.T) {
	if In(Unclear).Help != In(Simplified).Help {
		t.Error("who does not know the language does not speak Simplified")
	}
}
