package store

import (
	"bytes"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"chuchu/bot"
)

// schema is the version of what the buckets hold. One that is changed takes a
// migration from the version before.
const schema = 2

// migrations bring a state forward: the first from version 1 to 2, and so on.
var migrations = [schema - 1]func(*bbolt.Tx) error{wholeRatings}

var (
	schemaBucket = []byte("chuchu")
	versionKey   = []byte("schema")
)

// migrate brings the state to this program's version, all in one write. One
// without a version is the first's.
func (d *DB) migrate() error {
	return d.bolt.Update(func(tx *bbolt.Tx) error {
		root, err := tx.CreateBucketIfNotExists(schemaBucket)
		if err != nil {
			return err
		}
		at := int64(1)
		if v := root.Get(versionKey); v != nil {
			at = numberIn(v)
		}
		if at > schema {
			return fmt.Errorf("%w: its schema is %d, and this one knows %d", ErrNewer, at, schema)
		}
		for ; at < schema; at++ {
			if err := migrations[at-1](tx); err != nil {
				return fmt.Errorf("migrate from schema %d: %w", at, err)
			}
		}
		return root.Put(versionKey, number(schema))
	})
}

// wholeRatings gives ratings, which were a 1 or a 0, what was rated, as far as
// the answer tells, and drops the answers' numbers, which stood beside the
// numbers of users: an edit of a question of the last two days is answered anew.
func wholeRatings(tx *bbolt.Tx) error {
	return tx.ForEach(func(name []byte, root *bbolt.Bucket) error {
		if !bytes.HasPrefix(name, botPrefix) {
			return nil
		}
		for _, name := range [][]byte{answerBucket, ageBucket} {
			if err := emptied(root, name); err != nil {
				return err
			}
		}
		ratings := root.Bucket(ratingBucket)
		if ratings == nil {
			return nil
		}
		var all []bot.Rating
		err := ratings.ForEach(func(k, v []byte) error {
			key, user, _ := bytes.Cut(k, []byte{0})
			r := bot.Rating{Key: string(key), User: string(user), Good: bytes.Equal(v, []byte{1})}
			var answer bot.Kept
			if raw := root.Bucket(keptBucket).Get(key); raw != nil {
				if err := json.Unmarshal(raw, &answer); err != nil {
					return err
				}
			}
			if r.Time = answer.Time; answer.How == bot.HowAsk || answer.How == bot.HowCite {
				r.Question = answer.Text
			}
			all = append(all, r)
			return nil
		})
		for _, r := range all {
			if err == nil {
				err = put(ratings, rating(r.Key, r.User), r)
			}
		}
		return err
	})
}

// emptied makes a bucket anew, if there is one.
func emptied(root *bbolt.Bucket, name []byte) error {
	if root.Bucket(name) == nil {
		return nil
	}
	if err := root.DeleteBucket(name); err != nil {
		return err
	}
	_, err := root.CreateBucket(name)
	return err
}
