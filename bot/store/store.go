// Package store keeps what must outlive a restart: the updates that were
// received and are not answered yet, the offset behind them, which message
// answers which question, and, as the bot's Memory, what its buttons need, what
// chats chose and what was asked. Every write is synced before it returns;
// what is deleted is blanked in the file some seconds later.
//
//	db, err := store.Open(dir)
//	chats, err := db.Bot(botID)
//	fresh, err := chats.Accept(updates, time.Now())
package store

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// kept is how long handled updates and answers are remembered: twice as
	// long as Telegram keeps an update.
	kept = 48 * time.Hour
	// pruneAtOnce bounds the old records that one write removes.
	pruneAtOnce = 500
)

// reason drops the path that the caller's message names already.
func reason(err error) error {
	if pe := (*os.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// The buckets of a bot.
var (
	metaBucket    = []byte("meta")    // offsetKey
	waitingBucket = []byte("waiting") // update id: the update as received
	seenBucket    = []byte("seen")    // update id: unix time
	answerBucket  = []byte("answers") // hash of chat and question: answer
	ageBucket     = []byte("ages")    // unix time, that hash: nothing

	keptBucket     = []byte("kept")      // answer key: bot.Kept
	keptAgeBucket  = []byte("kept ages") // unix nanoseconds, answer key: nothing
	ratingBucket   = []byte("ratings")   // answer key, 0, user: bot.Rating
	chatBucket     = []byte("chats")     // chat: bot.ChatState
	historyBucket  = []byte("history")   // unix nanoseconds, answer key: bot.Asked
	feedbackBucket = []byte("feedback")  // unix nanoseconds, number: bot.Feedback

	offsetKey = []byte("offset")
	saltKey   = []byte("salt")
)

var buckets = [][]byte{metaBucket, waitingBucket, seenBucket, answerBucket, ageBucket,
	keptBucket, keptAgeBucket, ratingBucket, chatBucket, historyBucket, feedbackBucket}

// botPrefix begins the name of a bot's bucket.
var botPrefix = []byte("bot ")

// saltLen is the length of the salt in bytes.
const saltLen = 32

// Bot is what is kept for one bot: ids mean nothing to another.
type Bot struct {
	db   *DB
	bolt *bbolt.DB
	name []byte
	salt []byte
}

// Bot returns what is kept for the bot of this id.
func (d *DB) Bot(id int64) (*Bot, error) {
	b := &Bot{db: d, bolt: d.bolt, name: strconv.AppendInt(bytes.Clone(botPrefix), id, 10)}
	err := d.bolt.Update(func(tx *bbolt.Tx) error {
		root, err := tx.CreateBucketIfNotExists(b.name)
		if err != nil {
			return err
		}
		for _, name := range buckets {
			if _, err := root.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		meta := root.Bucket(metaBucket)
		if b.salt = bytes.Clone(meta.Get(saltKey)); b.salt == nil {
			b.salt = make([]byte, saltLen)
			rand.Read(b.salt) // never fails
			return meta.Put(saltKey, b.salt)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("prepare state of bot %d: %w", id, err)
	}
	return b, nil
}

func (b *Bot) update(op string, f func(root *bbolt.Bucket) error) error {
	err := b.bolt.Update(func(tx *bbolt.Tx) error { return f(tx.Bucket(b.name)) })
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	b.db.scrubber.wake()
	return nil
}

// batch is update together with the updates of others; f may be called again.
func (b *Bot) batch(op string, f func(root *bbolt.Bucket) error) error {
	err := b.bolt.Batch(func(tx *bbolt.Tx) error { return f(tx.Bucket(b.name)) })
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	b.db.scrubber.wake()
	return nil
}

func (b *Bot) view(op string, f func(root *bbolt.Bucket) error) error {
	err := b.bolt.View(func(tx *bbolt.Tx) error { return f(tx.Bucket(b.name)) })
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

// number is a key or value that sorts as its number does.
func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func numberIn(b []byte) int64 {
	if len(b) < 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}
