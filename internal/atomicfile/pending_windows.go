package atomicfile

import (
	"os"
	"path/filepath"
)

// pending is what renameio has for other systems.
type pending struct {
	*os.File
	path string
}

func create(path string) (*pending, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"*")
	if err != nil {
		return nil, err
	}
	return &pending{f, path}, nil
}

// CloseAtomicallyReplace puts the file in place.
func (p *pending) CloseAtomicallyReplace() error {
	if err := p.Sync(); err != nil {
		return err
	}
	if err := p.Close(); err != nil {
		return err
	}
	return os.Rename(p.Name(), p.path)
}

// Cleanup removes the file if it is not in place.
func (p *pending) Cleanup() error {
	p.Close()
	return os.Remove(p.Name())
}

// removeAbandoned removes a half-written file: Windows refuses while a process has it open.
func removeAbandoned(path string) error {
	os.Remove(path)
	return nil
}
