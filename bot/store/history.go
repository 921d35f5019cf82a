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
// counts it. When it returns, nothing of it stands in the file any more.
func (b *Bot) Erase(user, chat string) (n int, err error) {
	err = b.update("erase user", func(root *bbolt.Bucket) error {
		n = 0
		for _, erase := range []func(*bbolt.Bucket, string) (int, error){eraseRows, eraseRatings, eraseKept} {
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

// eraseRows removes a user's questions and feedback.
func eraseRows(root *bbolt.Bucket, user string) (n int, err error) {
	for _, name := range [][]byte{historyBucket, feedbackBucket} {
		gone, err := ofUser(root.Bucket(name), user)
		if err == nil {
			err = remove(root.Bucket(name), gone)
		}
		if err != nil {
			return n, err
		}
		n += len(gone)
	}
	return n, nil
}

func eraseRatings(root *bbolt.Bucket, user string) (int, error) {
	ratings := root.Bucket(ratingBucket)
	var gone [][]byte
	err := ratings.ForEach(func(k, _ []byte) error {
		if bytes.HasSuffix(k, rating("", user)) {
			gone = append(gone, bytes.Clone(k))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(gone), remove(ratings, gone)
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
			k.ForgetTurns(user)
			err = put(root.Bucket(keptBucket), []byte(k.Key), k)
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
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
