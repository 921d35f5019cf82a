package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"chuchu/bot"
)

// lookBack is how many questions are looked through for a user's last ones.
const lookBack = 5000

// History calls f with what was asked since then, oldest first.
func (b *Bot) History(since time.Time, f func(bot.Asked)) error {
	from := number(0)
	if since.Unix() > 0 {
		from = number(since.UnixNano())
	}
	return b.view("read history", func(root *bbolt.Bucket) error {
		c := root.Bucket(historyBucket).Cursor()
		for k, raw := c.Seek(from); k != nil; k, raw = c.Next() {
			var a bot.Asked
			if err := json.Unmarshal(raw, &a); err != nil {
				return err
			}
			f(a)
		}
		return nil
	})
}

// LastAsked returns a user's last questions, newest first, each once.
func (b *Bot) LastAsked(user string, n int) (out []string, err error) {
	err = b.view("read history", func(root *bbolt.Bucket) error {
		c := root.Bucket(historyBucket).Cursor()
		seen := 0
		for k, raw := c.Last(); k != nil && len(out) < n && seen < lookBack; k, raw = c.Prev() {
			seen++
			var a bot.Asked
			if err := json.Unmarshal(raw, &a); err != nil {
				return err
			}
			if a.User == user && !slices.Contains(out, a.Question) {
				out = append(out, a.Question)
			}
		}
		return nil
	})
	return out, err
}

// Say keeps feedback.
func (b *Bot) Say(f bot.Feedback) error {
	return b.update("keep feedback", func(root *bbolt.Bucket) error {
		bucket := root.Bucket(feedbackBucket)
		if err := prune(bucket, f.Time); err != nil {
			return err
		}
		n, err := bucket.NextSequence()
		if err != nil {
			return err
		}
		return put(bucket, timed(f.Time, number(int64(n))), f)
	})
}

// Feedback returns the newest, newest first.
func (b *Bot) Feedback(n int) (out []bot.Feedback, err error) {
	err = b.view("read feedback", func(root *bbolt.Bucket) error {
		c := root.Bucket(feedbackBucket).Cursor()
		for k, raw := c.Last(); k != nil && len(out) < n; k, raw = c.Prev() {
			var f bot.Feedback
			if err := json.Unmarshal(raw, &f); err != nil {
				return err
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

// Erase removes all that is kept of a user and of the user's private chat, and
// counts it. Nor does it stand in the file any more, or, where somebody is
// reading at that moment, some seconds later.
func (b *Bot) Erase(user, chat string) (n int, err error) {
	err = b.update("erase user", func(root *bbolt.Bucket) error {
		n = 0
		for _, erase := range []func(*bbolt.Bucket, string) (int, error){eraseRows, eraseKept} {
			gone, err := erase(root, user)
			if err != nil {
				return err
			}
			n += gone
		}
		chats := root.Bucket(chatBucket)
		if chats.Get([]byte(chat)) != nil {
			n++
		}
		return chats.Delete([]byte(chat))
	})
	if err != nil {
		return n, err
	}
	if _, err := b.db.scrubber.scrub(); err != nil {
		return n, fmt.Errorf("erase user: %w", err)
	}
	return n, nil
}

// eraseRows removes a user's questions, ratings and feedback, and what others'
// questions in a group took over of the user's.
func eraseRows(root *bbolt.Bucket, user string) (n int, err error) {
	for _, f := range []func() (int, error){
		func() (int, error) {
			return eraseOf(root.Bucket(historyBucket), user, func(a *bot.Asked) (string, bool) { return a.User, a.Forget(user) })
		},
		func() (int, error) {
			return eraseOf(root.Bucket(ratingBucket), user, func(r *bot.Rating) (string, bool) { return r.User, r.Forget(user) })
		},
		func() (int, error) {
			return eraseOf(root.Bucket(feedbackBucket), user, func(f *bot.Feedback) (string, bool) { return f.User, false })
		},
	} {
		gone, err := f()
		if n += gone; err != nil {
			return n, err
		}
	}
	return n, nil
}

// eraseOf removes a user's rows of a bucket, and counts them; forget tells whose
// a row is, and whether it changed it.
func eraseOf[T any](bucket *bbolt.Bucket, user string, forget func(row *T) (whose string, changed bool)) (int, error) {
	var gone [][]byte
	changed := map[string]T{}
	err := bucket.ForEach(func(k, raw []byte) error {
		var row T
		if err := json.Unmarshal(raw, &row); err != nil {
			return err
		}
		whose, other := forget(&row)
		switch {
		case whose == user:
			gone = append(gone, bytes.Clone(k))
		case other:
			changed[string(k)] = row
		}
		return nil
	})
	for k, row := range changed {
		if err == nil {
			err = put(bucket, []byte(k), row)
		}
	}
	if err != nil {
		return 0, err
	}
	return len(gone), remove(bucket, gone)
}

// eraseKept removes a user's answers. From those of others in the same group it
// takes the user's questions, which went before; one that is sealed goes whole.
func eraseKept(root *bbolt.Bucket, user string) (n int, err error) {
	list, err := keptWhere(root, func(k bot.Kept) bool { return k.Asker == user || slices.Contains(k.TurnsBy, user) })
	if err != nil {
		return 0, err
	}
	for _, k := range list {
		switch {
		case k.Asker == user:
			n++
			err = dropKept(root, []byte(k.Key), false)
		case k.Sealed != nil:
			err = dropKept(root, []byte(k.Key), false)
		default:
			k.Forget(user)
			err = put(root.Bucket(keptBucket), []byte(k.Key), k)
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// Forget removes all that was asked, rated and said, and the answers' questions.
func (b *Bot) Forget() error {
	return b.update("forget the history", func(root *bbolt.Bucket) error {
		for _, name := range [][]byte{historyBucket, feedbackBucket, ratingBucket} {
			if err := emptied(root, name); err != nil {
				return err
			}
		}
		open, err := keptWhere(root, func(k bot.Kept) bool { return k.Sealed == nil })
		if err != nil {
			return err
		}
		for _, k := range open {
			if err := dropKept(root, []byte(k.Key), false); err != nil {
				return err
			}
		}
		return nil
	})
}
