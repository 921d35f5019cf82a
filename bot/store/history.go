package store

import (
	"bytes"
	"encoding/json"
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

// Erase removes all that is kept of a user, and counts it.
func (b *Bot) Erase(user string) (n int, err error) {
	err = b.update("erase user", func(root *bbolt.Bucket) error {
		n = 0
		for _, name := range [][]byte{historyBucket, feedbackBucket} {
			gone, err := ofUser(root.Bucket(name), user)
			if err == nil {
				err = remove(root.Bucket(name), gone)
			}
			if err != nil {
				return err
			}
			n += len(gone)
		}
		ratings := root.Bucket(ratingBucket)
		var gone [][]byte
		err := ratings.ForEach(func(k, _ []byte) error {
			if bytes.HasSuffix(k, rating("", user)) {
				gone = append(gone, bytes.Clone(k))
			}
			return nil
		})
		if err == nil {
			err = remove(ratings, gone)
		}
		if err != nil {
			return err
		}
		n += len(gone)
		list, err := keptWhere(root, func(k bot.Kept) bool { return k.Asker == user })
		if err != nil {
			return err
		}
		for _, k := range list {
			if err := dropKept(root, []byte(k.Key), false); err != nil {
				return err
			}
		}
		n += len(list)
		return nil
	})
	return n, err
}

// ofUser finds the rows of a user.
func ofUser(bucket *bbolt.Bucket, user string) (keys [][]byte, err error) {
	err = bucket.ForEach(func(k, raw []byte) error {
		var row struct{ User string }
		if err := json.Unmarshal(raw, &row); err != nil {
			return err
		}
		if row.User == user {
			keys = append(keys, bytes.Clone(k))
		}
		return nil
	})
	return keys, err
}
