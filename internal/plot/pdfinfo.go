package plot

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

var trailer = regexp.MustCompile(`(?s)/Size (\d+)\s.*/Root (\d+ 0 R)\s.*/Info (\d+) 0 R\s.*startxref\s+(\d+)\s+%%EOF\s*$`)

// describePDF gives a document a title and a subject. The canvas keeps its document to itself, so they go into an
// incremental update (PDF 1.7, section 7.5.6): a second information dictionary that replaces the first, with a
// cross-reference section of its own.
func describePDF(b []byte, title, subject string) ([]byte, error) {
	start := bytes.LastIndex(b, []byte("trailer"))
	m := trailer.FindSubmatch(b[max(start, 0):])
	if start < 0 || m == nil {
		return nil, fmt.Errorf("plot: no trailer in what vgpdf wrote")
	}
	size, root, info, xref := m[1], m[2], m[3], m[4]
	out := bytes.NewBuffer(bytes.Clone(b))
	if b[len(b)-1] != '\n' {
		out.WriteByte('\n')
	}
	at := out.Len()
	fmt.Fprintf(out, "%s 0 obj\n<< /Producer (gonum/plot) /Title %s /Subject %s >>\nendobj\n", info, pdfText(title), pdfText(subject))
	table := out.Len()
	fmt.Fprintf(out, "xref\n%s 1\n%010d 00000 n \n", info, at)
	fmt.Fprintf(out, "trailer\n<< /Size %s /Root %s /Info %s 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n", size, root, info, xref, table)
	return out.Bytes(), nil
}

// pdfText writes a text string in UTF-16 with a byte-order mark, in hexadecimal.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}
