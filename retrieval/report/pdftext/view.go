package pdftext

import (
	"math"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
)

// view turns the places of a page's own space into those that its reader sees:
// from the lower left corner of what is shown, the page turned as it says.
type view struct {
	left, bottom  float64
	width, height float64 // before it is turned
	turns         int     // quarters, clockwise
}

func newView(inst pdfium.Pdfium, page requests.Page, p Page) view {
	v := view{width: p.Width, height: p.Height}
	if r, err := inst.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page}); err == nil {
		v.turns = int(r.PageRotation) & 3
	}
	if v.turns&1 == 1 {
		v.width, v.height = p.Height, p.Width
	}
	if b, err := inst.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page}); err == nil {
		left, right, low, high := float64(b.Rect.Left), float64(b.Rect.Right), float64(b.Rect.Bottom), float64(b.Rect.Top)
		v.left, v.bottom = min(left, right), min(low, high)
		v.width, v.height = math.Abs(right-left), math.Abs(high-low)
	}
	return v
}

// point is where the reader sees a place.
func (v view) point(x, y float64) (float64, float64) {
	x, y = x-v.left, y-v.bottom
	switch v.turns {
	case 1:
		return y, v.width - x
	case 2:
		return v.width - x, v.height - y
	case 3:
		return v.height - y, x
	}
	return x, y
}

// upright tells whether a text that runs along (a, b) runs from left to right.
func (v view) upright(a, b float64) bool {
	for range v.turns {
		a, b = b, -a
	}
	return a >= math.Abs(b)
}

// shows tells whether a place lies on the page.
func (v view) shows(x, y float64) bool {
	w, h := v.width, v.height
	if v.turns&1 == 1 {
		w, h = h, w
	}
	return x >= -1 && x <= w+1 && y >= -1 && y <= h+1
}
