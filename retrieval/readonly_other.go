//go:build !unix

package retrieval

func isReadOnly(error) bool { return false }
