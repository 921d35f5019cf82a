package store

import (
	"fmt"

	"go.etcd.io/bbolt"
)

// schema is the version of what the buckets hold. One that is changed takes a
// migration from the version before.
const schema = 1

// migrations bring a state forward: the first from version 1 to 2, and so on.
var migrations = [schema - 1]func(*bbolt.Tx) error{}

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
