package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// deepestXML is how many elements may stand within each other.
const deepestXML = 256

// Why XML is refused altogether, and not read as far as it goes.
var (
	errDOCTYPE = errors.New("it declares a document type or entities")
	errDeep    = fmt.Errorf("its elements nest deeper than %d", deepestXML)
)

// xmlVisitor is told of the parts of an XML file in order.
type xmlVisitor struct {
	start func(e xml.StartElement) bool // false: the element is left out, with all it holds
	end   func(n xml.Name)              // not of elements left out
	text  func(s []byte)
}

// walkXML reads XML strictly, token by token. It expands no entity but the five
// that XML itself knows, and fetches nothing.
func walkXML(ctx context.Context, data []byte, v xmlVisitor) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		text, _, err := decode(data)
		if err != nil {
			return err
		}
		d = xml.NewDecoder(bytes.NewReader([]byte(text)))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	}
	depth, out := 0, 0 // out: the depth from which an element is left out
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			return errDOCTYPE
		case xml.StartElement:
			if depth++; depth > deepestXML {
				return errDeep
			}
			if out == 0 && !v.start(t) {
				out = depth
			}
		case xml.EndElement:
			switch {
			case out == 0 && v.end != nil:
				v.end(t.Name)
			case out == depth:
				out = 0
			}
			depth--
		case xml.CharData:
			if out == 0 && v.text != nil {
				v.text(t)
			}
		}
	}
}

// attribute is the value of an element's attribute by its local name.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// refusedXML tells of an error that nothing read before makes good.
func refusedXML(err error) bool {
	return errors.Is(err, errDOCTYPE) || errors.Is(err, errDeep) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
