package plot

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"os"
	"path/filepath"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"

	"srhmbench/internal/atomicfile"
)

// Resolution of a PNG, in dots per inch.
const pngDPI = 200

// Unless told otherwise, a PDF holds the time it was made, and lists in the order of a map.
func init() {
	fpdf.SetDefaultCreationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultModificationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultCatalogSort(true)
}

func (p Page) svg() *vgsvg.Canvas { return vgsvg.New(p.Width, p.Height) }

// SVG returns the page as SVG, with its title and description as elements.
func (p Page) SVG() ([]byte, error) {
	c := p.svg()
	p.draw(draw.New(c))
	b, err := written(c)
	if err != nil {
		return nil, err
	}
	head := bytes.Index(b, []byte("<svg"))
	end := bytes.IndexByte(b[max(head, 0):], '>')
	if head < 0 || end < 0 {
		return nil, fmt.Errorf("plot: no <svg> tag in what vgsvg wrote")
	}
	text := fmt.Sprintf("\n<title>%s</title>\n<desc>%s</desc>", html.EscapeString(p.Title), html.EscapeString(p.Description))
	return insert(b, head+end+1, []byte(text)), nil
}

// PNG returns the page as PNG, with title and description as iTXt chunks.
func (p Page) PNG() ([]byte, error) {
	c := newRaster(p.Width, p.Height)
	p.draw(draw.New(c))
	b, err := written(vgimg.PngCanvas{Canvas: c.Canvas})
	if err != nil {
		return nil, err
	}
	const header = 8 + 25 // signature and IHDR chunk
	if len(b) < header {
		return nil, fmt.Errorf("plot: what vgimg wrote is no PNG")
	}
	return insert(b, header, append(pngText("Title", p.Title), pngText("Description", p.Description)...)), nil
}

// pngText returns a chunk of international text (PNG, third edition, section 11.3.3.4), not compressed, in no language.
func pngText(keyword, text string) []byte {
	body := []byte("iTXt" + keyword + "\x00\x00\x00\x00\x00" + text)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	b = append(b, body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
}

// PDF returns the page as PDF, with title and subject.
func (p Page) PDF() ([]byte, error) {
	c := vgpdf.New(p.Width, p.Height)
	p.draw(draw.New(c))
	b, err := written(c)
	if err != nil {
		return nil, err
	}
	return describePDF(b, p.Title, p.Description)
}

func written(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plot: %w", err)
	}
	return b.Bytes(), nil
}

func insert(b []byte, at int, text []byte) []byte {
	out := append([]byte(nil), b[:at]...)
	out = append(out, text...)
	return append(out, b[at:]...)
}

// Save writes the page into a directory, which it makes if need be, as NAME.svg and NAME.png, replacing each as a whole.
func (p Page) Save(dir, name string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, file := range []struct {
		extension string
		content   func() ([]byte, error)
	}{{".svg", p.SVG}, {".png", p.PNG}} {
		content, err := file.content()
		if err != nil {
			return err
		}
		if err := atomicfile.WriteBytes(filepath.Join(dir, name+file.extension), content); err != nil {
			return err
		}
	}
	return nil
}
