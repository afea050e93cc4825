package numpy

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
)

// addMember adds an NPY file to an archive. It calls write twice, for the size and
// the checksum stand before the data.
func addMember(z *zip.Writer, name string, write func(io.Writer) error) error {
	var before, after summary
	err := write(&before)
	if err == nil {
		err = addRaw(z, before.header(name+".npy"), func(w io.Writer) error { return write(io.MultiWriter(w, &after)) })
	}
	if err == nil && after != before {
		err = errors.New("its rows were something else the second time")
	}
	if err != nil {
		return fmt.Errorf("numpy: %s: %w", name, err)
	}
	return nil
}

func addRaw(z *zip.Writer, h *zip.FileHeader, write func(io.Writer) error) error {
	w, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	h.Extra = nil // that was for the local header; archive/zip makes the directory's
	return write(w)
}

// summary is what stands before the data of an archive's member. Writing to it adds to the data.
type summary struct {
	crc  uint32
	size uint64
}

// Write implements io.Writer.
func (s *summary) Write(b []byte) (int, error) {
	s.crc = crc32.Update(s.crc, crc32.IEEETable, b)
	s.size += uint64(len(b))
	return len(b), nil
}

// Versions of the format that a reader must know, by APPNOTE.TXT 4.4.3.
const (
	zipStored = 20
	zip64     = 45
)

// header describes a member that is stored as it is. A size of 4 GiB or more goes to an
// extra field, as the format's extension Zip64 has it (APPNOTE.TXT 4.5.3), which
// archive/zip writes only into the directory.
func (s summary) header(name string) *zip.FileHeader {
	h := &zip.FileHeader{
		Name: name, Method: zip.Store, CreatorVersion: zipStored, ReaderVersion: zipStored,
		CRC32: s.crc, UncompressedSize64: s.size, CompressedSize64: s.size,
	}
	if s.size >= math.MaxUint32 {
		h.CreatorVersion, h.ReaderVersion = zip64, zip64
		h.Extra = binary.LittleEndian.AppendUint16(h.Extra, 1)
		h.Extra = binary.LittleEndian.AppendUint16(h.Extra, 16)
		h.Extra = binary.LittleEndian.AppendUint64(h.Extra, s.size)
		h.Extra = binary.LittleEndian.AppendUint64(h.Extra, s.size)
	}
	return h
}
