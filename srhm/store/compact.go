package store

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"srhmbench/internal/atomicfile"
)

// Compact puts the records of all writers of a directory into one file, [FileName], each once, in the order of their
// ids, of this program's schema and with a checksum. It returns how many they are. It fails, and changes nothing, while
// another process writes there, or if a line is no record. Killed, it leaves the store as it
// was or compacted.
func Compact(dir string) (records int, err error) {
	parts, err := takeAll(dir)
	defer func() {
		for _, p := range parts {
			err = errors.Join(err, p.close())
		}
	}()
	if err != nil {
		return 0, fmt.Errorf("results: %w", err)
	}
	s := newStore()
	for _, p := range parts {
		if err := s.readOwn(p); err != nil {
			return 0, err
		}
	}
	if err := s.rewrite(dir); err != nil {
		return 0, fmt.Errorf("results: %w", err)
	}
	for _, p := range parts {
		if filepath.Base(p.name) != FileName {
			if err := os.Remove(p.name); err != nil {
				return 0, fmt.Errorf("results: %w", err)
			}
		}
	}
	return len(s.records), syncDir(dir)
}

// isPart matches the names of writers' files.
var isPart = regexp.MustCompile(`^runs(-[1-9][0-9]*)?\.jsonl$`)

// takeAll takes the files of all writers of a directory.
func takeAll(dir string) (parts []*part, err error) {
	names, err := filesOf(dir)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !isPart.MatchString(filepath.Base(name)) })
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no file %s or runs-N%s to compact", dir, FileName, extension)
	}
	if first := partName(dir, 1); !slices.Contains(names, first) {
		names = append(names, first) // so that no new writer takes it
	}
	for _, name := range names {
		p, err := take(name)
		if err != nil {
			return parts, err
		}
		if p == nil {
			return parts, fmt.Errorf("%s: another process is writing to it", name)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// rewrite makes a directory's first file one of all records.
func (s *Store) rewrite(dir string) error {
	slices.SortFunc(s.records, func(a, b *Record) int { return strings.Compare(a.ID, b.ID) })
	err := atomicfile.Write(partName(dir, 1), func(file io.Writer) error {
		w := bufio.NewWriter(file)
		for _, r := range s.records {
			line, err := r.encode()
			if err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return w.Flush()
	})
	return cmp.Or(err, syncDir(dir))
}
