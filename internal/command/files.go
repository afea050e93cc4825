package command

import (
	"io"
	"os"
	"path/filepath"

	"srhmbench/internal/atomicfile"
)

// writeFile puts a file in place whole or not at all, in a directory that is made if it is missing.
func writeFile(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return atomicfile.Write(path, write)
}
