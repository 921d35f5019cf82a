package telegramtest

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed botapi.json
var specJSON []byte

// spec is the Bot API's specification: methods with their parameters, and the
// types of these.
type spec struct {
	Version string           `json:"version"`
	Methods map[string]field `json:"methods"`
	Types   map[string]struct {
		Fields   map[string]param `json:"fields"`
		Subtypes []string         `json:"subtypes"`
	} `json:"types"`
}

type field map[string]param

// param is a parameter or a field, with what its description says of its values.
type param struct {
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	Is       []string `json:"is"` // the only values
	Least    int      `json:"least"`
	Most     int      `json:"most"` // 0: no limit is told
	Unit     string   `json:"unit"` // that Least and Most count of a string
}

func readSpec() (*spec, error) {
	var s spec
	if err := json.Unmarshal(specJSON, &s); err != nil {
		return nil, fmt.Errorf("read Bot API specification: %w", err)
	}
	return &s, nil
}

// check refuses a call that the specification does not allow.
func (s *spec) check(c Call) error {
	method, form := c.Method, c.Form
	params, ok := s.Methods[method]
	if !ok {
		return fmt.Errorf("unknown method %q", method)
	}
	for name, values := range form {
		p, ok := params[name]
		if !ok {
			return fmt.Errorf("%s: unknown parameter %q", method, name)
		}
		if len(values) != 1 {
			return fmt.Errorf("%s: parameter %q given %d times", method, name, len(values))
		}
		if values[0] == "" && slices.Contains(p.Types, "String") {
			continue // as if it were not given
		}
		if err := s.checkParam(p, name, values[0]); err != nil {
			return fmt.Errorf("%s: parameter %q: %w", method, name, err)
		}
	}
	if err := s.checkKinds(form.Get("allowed_updates")); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	for name := range c.Files {
		p, ok := params[name]
		if !ok {
			return fmt.Errorf("%s: unknown parameter %q", method, name)
		}
		if !slices.Contains(p.Types, "InputFile") {
			return fmt.Errorf("%s: parameter %q is no file", method, name)
		}
		if form.Has(name) {
			return fmt.Errorf("%s: parameter %q given 2 times", method, name)
		}
	}
	for name, p := range params {
		if _, isFile := c.Files[name]; p.Required && !isFile && form.Get(name) == "" {
			return fmt.Errorf("%s: required parameter %q is missing", method, name)
		}
	}
	return nil
}

// checkParam checks a form value against all that is told of its parameter.
func (s *spec) checkParam(p param, name, value string) error {
	if err := s.checkAny(p.Types, value); err != nil {
		return err
	}
	var v any = value
	if !slices.Contains(p.Types, "String") {
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			return err
		}
	} else if _, err := strconv.ParseInt(value, 10, 64); name == "chat_id" && err != nil && !strings.HasPrefix(value, "@") {
		return fmt.Errorf("%q is neither a number nor a @name", value)
	}
	return p.check(v)
}

// check holds a value to the limits of its parameter or field.
func (p param) check(v any) error {
	n := 0
	switch v := v.(type) {
	case string:
		if len(p.Is) > 0 && !slices.Contains(p.Is, v) {
			return fmt.Errorf("%q is none of %q", v, p.Is)
		}
		if n = utf8.RuneCountInString(v); p.Unit == "bytes" {
			n = len(v)
		}
	case []any:
		n = len(v)
	case float64:
		n = int(v)
	default:
		return nil
	}
	if p.Most > 0 && (n < p.Least || n > p.Most) {
		return fmt.Errorf("%d %s, where %d to %d are taken", n, p.Unit, p.Least, p.Most)
	}
	return nil
}

// checkAny checks a form value, which is text or JSON, against the types.
func (s *spec) checkAny(types []string, value string) (err error) {
	for _, t := range types {
		if t == "String" {
			return nil
		}
		var v any
		if json.Unmarshal([]byte(value), &v) != nil {
			err = nearer(err, fmt.Errorf("%q is no %s", value, t))
			continue
		}
		more := s.checkType(t, v)
		if more == nil {
			return nil
		}
		err = nearer(err, more)
	}
	return err
}

// otherType says that an object is of another type altogether; named: by its own
// word.
type otherType struct {
	says  string
	named bool
}

func (e otherType) Error() string { return e.says }

// far tells how far a value that err is about is from what it was held to be.
func far(err error) int {
	var o otherType
	switch {
	case !errors.As(err, &o):
		return 0
	case !o.named:
		return 1
	}
	return 2
}

// nearer picks, of what two types say against a value, what the one says that
// it was more likely meant for.
func nearer(a, b error) error {
	if a == nil || far(a) > far(b) {
		return b
	}
	return a
}

// checkType checks a decoded JSON value against one type.
func (s *spec) checkType(t string, v any) error {
	if of, ok := strings.CutPrefix(t, "Array of "); ok {
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%v is no array", v)
		}
		for _, e := range list {
			if err := s.checkType(of, e); err != nil {
				return err
			}
		}
		return nil
	}
	ok := true
	switch t {
	case "String":
		_, ok = v.(string)
	case "Boolean":
		_, ok = v.(bool)
	case "Float":
		_, ok = v.(float64)
	case "Integer":
		var n float64
		n, ok = v.(float64)
		ok = ok && n == float64(int64(n))
	default:
		return s.checkObject(t, v)
	}
	if !ok {
		return fmt.Errorf("%v is no %s", v, t)
	}
	return nil
}

func (s *spec) checkObject(t string, v any) error {
	def, ok := s.Types[t]
	if !ok {
		return fmt.Errorf("type %s is not in the specification", t)
	}
	if len(def.Subtypes) > 0 {
		var err error
		for _, sub := range def.Subtypes {
			more := s.checkType(sub, v)
			if more == nil {
				return nil
			}
			err = nearer(err, more)
		}
		return err
	}
	object, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%v is no %s", v, t)
	}
	for name, p := range def.Fields {
		if v, ok := object[name].(string); ok && len(p.Is) == 1 && v != p.Is[0] {
			return otherType{fmt.Sprintf("%s has no %s %q", t, name, v), true}
		}
	}
	for name, value := range object {
		p, ok := def.Fields[name]
		if !ok {
			return otherType{fmt.Sprintf("%s has no field %q", t, name), false}
		}
		err := s.anyOf(p.Types, value)
		if err == nil {
			err = p.check(value)
		}
		if err != nil {
			return fmt.Errorf("%s.%s: %w", t, name, err)
		}
	}
	for name, p := range def.Fields {
		if _, ok := object[name]; p.Required && !ok {
			return fmt.Errorf("%s: field %q is missing", t, name)
		}
	}
	return nil
}

// anyOf checks a decoded JSON value against types of which one must fit.
func (s *spec) anyOf(types []string, v any) error {
	var all []error
	for _, t := range types {
		err := s.checkType(t, v)
		if err == nil {
			return nil
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}
