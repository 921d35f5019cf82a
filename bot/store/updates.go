package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"time"

	"go.etcd.io/bbolt"
)

// Update is an update as received.
type Update struct {
	ID  int64
	Raw []byte
}

// errGone says that an update is not waiting.
var errGone = errors.New("no such update")

// Offset is what to ask the next updates from; 0 before the first.
func (b *Bot) Offset() (n int64, err error) {
	err = b.view("read offset", func(root *bbolt.Bucket) error {
		n = numberIn(root.Bucket(metaBucket).Get(offsetKey))
		return nil
	})
	return n, err
}

// Accept stores those updates that were not seen before, moves the offset
// behind them, and returns their ids, in the order given. The offset may turn
// back: after a quiet week Telegram starts its numbers anew.
func (b *Bot) Accept(updates []Update, now time.Time) (fresh []int64, err error) {
	err = b.update("store updates", func(root *bbolt.Bucket) error {
		fresh = fresh[:0]
		waiting, seen := root.Bucket(waitingBucket), root.Bucket(seenBucket)
		offset := int64(0)
		for _, u := range updates {
			key := number(u.ID)
			if at := seen.Get(key); at != nil && !old(at, now) {
				continue
			}
			if err := waiting.Put(key, u.Raw); err != nil {
				return err
			}
			if err := seen.Put(key, number(now.Unix())); err != nil {
				return err
			}
			fresh = append(fresh, u.ID)
			offset = max(offset, u.ID+1)
		}
		if len(fresh) == 0 {
			return nil
		}
		if err := pruneSeen(seen, now); err != nil {
			return err
		}
		return root.Bucket(metaBucket).Put(offsetKey, number(offset))
	})
	return fresh, err
}

// pruneSeen forgets old ids. It stops at the first that is not old: ids grow
// with time, and where they were started anew an old one does no harm. One from
// a time to come, when the clock was wrong, counts as of now: it would stop all
// after it until then.
func pruneSeen(seen *bbolt.Bucket, now time.Time) error {
	var gone, ahead [][]byte
	c := seen.Cursor()
	for k, v := c.First(); k != nil && len(gone)+len(ahead) < pruneAtOnce; k, v = c.Next() {
		list := &gone
		if !old(v, now) {
			list = &ahead
			if numberIn(v)-now.Unix() < int64(kept/time.Second) {
				break
			}
		}
		*list = append(*list, bytes.Clone(k))
	}
	for _, k := range ahead {
		if err := seen.Put(k, number(now.Unix())); err != nil {
			return err
		}
	}
	return remove(seen, gone)
}

// old tells whether the time that b begins with is out of memory.
func old(b []byte, now time.Time) bool {
	return now.Unix()-numberIn(b) >= int64(kept/time.Second)
}

func remove(bucket *bbolt.Bucket, keys [][]byte) error {
	for _, k := range keys {
		if err := bucket.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// Waiting returns the updates that wait for an answer, oldest first.
func (b *Bot) Waiting() (out []Update, err error) {
	err = b.view("read waiting updates", func(root *bbolt.Bucket) error {
		return root.Bucket(waitingBucket).ForEach(func(k, v []byte) error {
			out = append(out, Update{numberIn(k), append([]byte(nil), v...)})
			return nil
		})
	})
	return out, err
}

// Update returns a waiting update.
func (b *Bot) Update(id int64) (u Update, err error) {
	err = b.view("read update", func(root *bbolt.Bucket) error {
		raw := root.Bucket(waitingBucket).Get(number(id))
		if raw == nil {
			return errGone
		}
		u = Update{id, append([]byte(nil), raw...)}
		return nil
	})
	return u, err
}

// Link says which message of a chat answers which.
type Link struct{ Chat, Question, Answer int64 }

// Done removes an update whose answer is out; link is nil where there is none
// to remember.
//
// Those of several chats are written together: the time from an answer's going
// out to the record of it is that of one synced write.
func (b *Bot) Done(id int64, link *Link, now time.Time) error {
	return b.batch("remove update", func(root *bbolt.Bucket) error {
		if err := root.Bucket(waitingBucket).Delete(number(id)); err != nil || link == nil {
			return err
		}
		return b.remember(root, *link, now)
	})
}

// question is what a question's answer is found by: a private chat's number is
// its user's, so that it is salted and hashed, too.
func (b *Bot) question(chat, question int64) []byte {
	h := hmac.New(sha256.New, b.salt)
	h.Write([]byte("question"))
	h.Write(number(chat))
	h.Write(number(question))
	return h.Sum(nil)[:16]
}

func (b *Bot) remember(root *bbolt.Bucket, l Link, now time.Time) error {
	answers, ages := root.Bucket(answerBucket), root.Bucket(ageBucket)
	key := b.question(l.Chat, l.Question)
	if err := answers.Put(key, number(l.Answer)); err != nil {
		return err
	}
	if err := ages.Put(append(number(now.Unix()), key...), []byte{}); err != nil {
		return err
	}
	var gone [][]byte
	c := ages.Cursor()
	for k, _ := c.First(); k != nil && old(k, now) && len(gone) < pruneAtOnce; k, _ = c.Next() {
		gone = append(gone, append([]byte(nil), k...))
	}
	for _, k := range gone {
		if err := answers.Delete(k[8:]); err != nil {
			return err
		}
	}
	return remove(ages, gone)
}

// Answer returns the message that answers a question; 0 if none is known.
func (b *Bot) Answer(chat, question int64) (n int64, err error) {
	err = b.view("read answer", func(root *bbolt.Bucket) error {
		n = numberIn(root.Bucket(answerBucket).Get(b.question(chat, question)))
		return nil
	})
	return n, err
}
