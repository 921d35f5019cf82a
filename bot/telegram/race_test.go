//go:build race

package telegram_test

// raced tells that the race detector watches: to compile the PDF reader takes
// half a minute then.
const raced = true
