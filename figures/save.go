package figures

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"srhmbench/internal/atomicfile"
)

// File returns the name of a figure's files without extension: "fig04b".
func (f Figure) File() string {
	number := f.number()
	return fmt.Sprintf("fig%02s%s", number, strings.TrimPrefix(f.Name, number))
}

// Save writes a figure as PNG, SVG and PDF, its data as CSV and its claims as JSON. It replaces each file whole, and
// the pictures name the data they show.
func Save(dir string, f Figure, d Drawing) error {
	claims, err := claimsJSON(d.Claims)
	if err != nil {
		return err
	}
	if err := SaveAs(dir, f.File(), d); err != nil {
		return err
	}
	return atomicfile.WriteBytes(filepath.Join(dir, f.File()+claimsExtension), claims)
}

// claimsExtension ends the name of a figure's claims.
const claimsExtension = ".claims.json"

// Files lists the names of what Save writes.
func Files(f Figure) []string {
	var names []string
	for _, extension := range []string{".csv", ".svg", ".png", ".pdf", claimsExtension} {
		names = append(names, f.File()+extension)
	}
	return names
}

// SaveAs writes a drawing without its claims, under a name without extension.
func SaveAs(dir, name string, d Drawing) error {
	data, err := d.Data.CSV()
	if err != nil {
		return err
	}
	page := d.Page
	page.Description = fmt.Sprintf("%s Data: %s.csv, SHA-256 %x.", page.Description, name, sha256.Sum256(data))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	for _, file := range []struct {
		extension string
		content   func() ([]byte, error)
	}{
		{".csv", func() ([]byte, error) { return data, nil }},
		{".svg", page.SVG}, {".png", page.PNG}, {".pdf", page.PDF},
	} {
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

func claimsJSON(claims []Claim) ([]byte, error) {
	if claims == nil {
		claims = []Claim{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // people read them too
	enc.SetIndent("", "  ")
	if err := enc.Encode(claims); err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	return b.Bytes(), nil
}
