package telegramtest

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
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

type param struct {
	Types    []string `json:"types"`
	Required bool     `json:"required"`
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
		if err := s.checkAny(p.Types, values[0]); err != nil {
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

// unknownField says that an object is of another type altogether.
type unknownField struct{ object, field string }

func (e unknownField) Error() string { return fmt.Sprintf("%s has no field %q", e.object, e.field) }

// nearer picks, of what two types say against a value, what the one says that
// it was more likely meant for.
func nearer(a, b error) error {
	if a == nil || errors.As(a, new(unknownField)) {
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
	for name, value := range object {
		p, ok := def.Fields[name]
		if !ok {
			return unknownField{t, name}
		}
		if err := s.anyOf(p.Types, value); err != nil {
			return fmt.Errorf("%s.%s: %w", t, name, err)
		}
	}
	for name, p := range def.Fields {
		if _, ok := object[name]; p.Required && !ok {
			return fmt.Errorf("%s: field %q is missing", t, name)
		}
	}
	if data, ok := object["callback_data"].(string); ok && (data == "" || len(data) > 64) {
		return fmt.Errorf("BUTTON_DATA_INVALID: callback data of %s bytes", strconv.Itoa(len(data)))
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
