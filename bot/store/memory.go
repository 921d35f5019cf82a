package store

import (
	"bytes"
	"encoding/json"
	"time"

	"go.etcd.io/bbolt"

	"chuchu/bot"
)

const (
	keptFor    = 30 * 24 * time.Hour  // answers, for their buttons
	historyFor = 365 * 24 * time.Hour // questions and feedback
)

var _ bot.Memory = (*Bot)(nil)

// Salt is random, made when the bot first starts.
func (b *Bot) Salt() []byte { return b.salt }

// timed is a key that sorts by time.
func timed(t time.Time, key []byte) []byte { return append(number(t.UnixNano()), key...) }

func put(bucket *bbolt.Bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return bucket.Put(key, raw)
}

// Keep remembers an answer in the place of what its key held, and row, if there
// is one, in the history.
func (b *Bot) Keep(k bot.Kept, row *bot.Asked) error {
	return b.update("keep answer", func(root *bbolt.Bucket) error {
		if err := dropKept(root, []byte(k.Key), true); err != nil {
			return err
		}
		if err := pruneKept(root, k.Time); err != nil {
			return err
		}
		if err := put(root.Bucket(keptBucket), []byte(k.Key), k); err != nil {
			return err
		}
		if err := root.Bucket(keptAgeBucket).Put(timed(k.Time, []byte(k.Key)), []byte{}); err != nil {
			return err
		}
		if row == nil {
			return nil
		}
		history := root.Bucket(historyBucket)
		if err := prune(history, row.Time); err != nil {
			return err
		}
		return put(history, timed(row.Time, []byte(row.Key)), row)
	})
}

// dropKept removes an answer with its ratings and, if it is to be replaced,
// its row of the history.
func dropKept(root *bbolt.Bucket, key []byte, row bool) error {
	kept := root.Bucket(keptBucket)
	raw := kept.Get(key)
	if raw == nil {
		return nil
	}
	var k bot.Kept
	if err := json.Unmarshal(raw, &k); err != nil {
		return err
	}
	if row {
		if err := root.Bucket(historyBucket).Delete(timed(k.Time, key)); err != nil {
			return err
		}
	}
	if err := root.Bucket(keptAgeBucket).Delete(timed(k.Time, key)); err != nil {
		return err
	}
	var gone [][]byte
	ratings, prefix := root.Bucket(ratingBucket), rating(string(key), "")
	c := ratings.Cursor()
	for r, _ := c.Seek(prefix); bytes.HasPrefix(r, prefix); r, _ = c.Next() {
		gone = append(gone, bytes.Clone(r))
	}
	if err := remove(ratings, gone); err != nil {
		return err
	}
	return kept.Delete(key)
}

// pruneKept removes answers whose buttons' time is over.
func pruneKept(root *bbolt.Bucket, now time.Time) error {
	var gone [][]byte
	c := root.Bucket(keptAgeBucket).Cursor()
	for k, _ := c.First(); k != nil && now.UnixNano()-numberIn(k) >= int64(keptFor) && len(gone) < pruneAtOnce; k, _ = c.Next() {
		gone = append(gone, bytes.Clone(k[8:]))
	}
	for _, key := range gone {
		if err := dropKept(root, key, false); err != nil {
			return err
		}
	}
	return nil
}

// prune removes what is older than the history goes back.
func prune(bucket *bbolt.Bucket, now time.Time) error {
	var gone [][]byte
	c := bucket.Cursor()
	for k, _ := c.First(); k != nil && now.UnixNano()-numberIn(k) >= int64(historyFor) && len(gone) < pruneAtOnce; k, _ = c.Next() {
		gone = append(gone, bytes.Clone(k))
	}
	return remove(bucket, gone)
}

// Put changes what is remembered of an answer, not its history; an answer that
// is gone stays gone.
func (b *Bot) Put(k bot.Kept) error {
	return b.update("keep answer", func(root *bbolt.Bucket) error {
		kept := root.Bucket(keptBucket)
		if kept.Get([]byte(k.Key)) == nil {
			return nil
		}
		return put(kept, []byte(k.Key), k)
	})
}

// Kept returns an answer by its key; ok is false where there is none.
func (b *Bot) Kept(key string) (k bot.Kept, ok bool, err error) {
	err = b.view("read answer", func(root *bbolt.Bucket) error {
		raw := root.Bucket(keptBucket).Get([]byte(key))
		if ok = raw != nil; !ok {
			return nil
		}
		return json.Unmarshal(raw, &k)
	})
	return k, ok && err == nil, err
}

func rating(key, user string) []byte { return []byte(key + "\x00" + user) }

// Rate keeps a user's one rating of an answer; a later one replaces it. That of
// an answer that is gone is not kept.
func (b *Bot) Rate(r bot.Rating) error {
	return b.update("keep rating", func(root *bbolt.Bucket) error {
		if root.Bucket(keptBucket).Get([]byte(r.Key)) == nil {
			return nil
		}
		return put(root.Bucket(ratingBucket), rating(r.Key, r.User), r)
	})
}

// Ratings calls f with those of the answers that are remembered, in no order.
func (b *Bot) Ratings(f func(bot.Rating)) error {
	return b.view("read ratings", func(root *bbolt.Bucket) error {
		return root.Bucket(ratingBucket).ForEach(func(_, raw []byte) error {
			var r bot.Rating
			if err := json.Unmarshal(raw, &r); err != nil {
				return err
			}
			f(r)
			return nil
		})
	})
}

// Chat returns what a chat chose.
func (b *Bot) Chat(chat string) (s bot.ChatState, err error) {
	err = b.view("read chat", func(root *bbolt.Bucket) error {
		if raw := root.Bucket(chatBucket).Get([]byte(chat)); raw != nil {
			return json.Unmarshal(raw, &s)
		}
		return nil
	})
	return s, err
}

// SetChat remembers what a chat chose.
func (b *Bot) SetChat(chat string, s bot.ChatState) error {
	return b.update("keep chat", func(root *bbolt.Bucket) error {
		return put(root.Bucket(chatBucket), []byte(chat), s)
	})
}

// ForgetChat drops a chat and its answers.
func (b *Bot) ForgetChat(chat string) error {
	return b.update("forget chat", func(root *bbolt.Bucket) error {
		list, err := keptWhere(root, func(k bot.Kept) bool { return k.Chat == chat })
		if err != nil {
			return err
		}
		for _, k := range list {
			if err := dropKept(root, []byte(k.Key), false); err != nil {
				return err
			}
		}
		return root.Bucket(chatBucket).Delete([]byte(chat))
	})
}

// MoveChat gives a chat and its answers another id, which the old one leads to
// from then on.
func (b *Bot) MoveChat(from, to string) error {
	return b.update("move chat", func(root *bbolt.Bucket) error {
		list, err := keptWhere(root, func(k bot.Kept) bool { return k.Chat == from })
		if err != nil {
			return err
		}
		for _, k := range list {
			k.Chat = to
			if err := put(root.Bucket(keptBucket), []byte(k.Key), k); err != nil {
				return err
			}
		}
		chats := root.Bucket(chatBucket)
		var s bot.ChatState
		if raw := chats.Get([]byte(from)); raw != nil {
			if err := json.Unmarshal(raw, &s); err != nil || s.Moved != "" {
				return err
			}
			if err := put(chats, []byte(to), s); err != nil {
				return err
			}
		}
		return put(chats, []byte(from), bot.ChatState{Moved: to})
	})
}

func keptWhere(root *bbolt.Bucket, is func(bot.Kept) bool) (out []bot.Kept, err error) {
	err = root.Bucket(keptBucket).ForEach(func(_, raw []byte) error {
		var k bot.Kept
		if err := json.Unmarshal(raw, &k); err != nil {
			return err
		}
		if is(k) {
			out = append(out, k)
		}
		return nil
	})
	return out, err
}
