package command

import (
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// pictures returns when each file of a directory and those below it was last written, the store left out.
func pictures(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	list := map[string]time.Time{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && filepath.Base(path) != "runs.jsonl" {
			name, _ := filepath.Rel(dir, path)
			list[name] = info.ModTime()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// redrawn lists the files that are newer in the second of two listings, or only there.
func redrawn(before, after map[string]time.Time) map[string]bool {
	list := map[string]bool{}
	for name, then := range after {
		if !then.Equal(before[name]) {
			list[name] = true
		}
	}
	return list
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	for name := range pictures(t, dir) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		list[name] = string(text)
	}
	return list
}

// Figures are drawn again if they are missing or changed, if the records did, or the program that draws, and else not.
func TestDrawnOnce(t *testing.T) {
	dir, binary := t.TempDir(), build(t, "")
	reproduce := func(binary, figures string) (stdout string, new map[string]bool) {
		t.Helper()
		before := pictures(t, dir)
		out, err := exec.Command(binary, "reproduce", "--scale", "smoke", "--figures", figures, "--out", dir).Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out), redrawn(before, pictures(t, dir))
	}
	claims, _ := reproduce(binary, "3,5")
	whole := contents(t, dir)
	again := func(what, binary string, want ...string) {
		t.Helper()
		stdout, new := reproduce(binary, "3,5")
		wanted := map[string]bool{}
		for _, name := range want {
			wanted[name] = true
		}
		if stdout != claims || !maps.Equal(new, wanted) {
			t.Errorf("%s: drawn again %v, want %v; claims %v", what, new, wanted, stdout == claims)
		}
		now := contents(t, dir)
		delete(now, drawnFile)
		for name, text := range now {
			if text != whole[name] {
				t.Errorf("%s: %s is another", what, name)
			}
		}
	}
	fig := func(name string) (list []string) {
		for _, e := range []string{".csv", ".svg", ".png", ".pdf", ".claims.json"} {
			list = append(list, "figures/"+name+e)
		}
		return list
	}
	all := append(append(fig("fig03"), fig("fig05")...), "claims.md", "report.html", "report.md", drawnFile)
	again("nothing new", binary)
	os.Remove(filepath.Join(dir, "figures", "fig03.png"))
	again("a picture is missing", binary, fig("fig03")...)
	os.WriteFile(filepath.Join(dir, "figures", "fig05.svg"), []byte("<svg/>"), 0o644)
	again("a picture is another", binary, fig("fig05")...)
	os.Remove(filepath.Join(dir, "report.md"))
	again("the report is missing", binary, all...)
	os.WriteFile(filepath.Join(dir, drawnFile), []byte("{"), 0o644)
	again("not known what was drawn", binary, all...)

	other := filepath.Join(t.TempDir(), "other")
	if out, err := exec.Command("go", "build", "-ldflags=-w", "-o", other, "srhmbench").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	again("another program", other, all...)
	again("nothing new to it", other)

	if out, err := exec.Command(other, "train", "--v", "4", "--P", "16", "--width", "16", "--max-epochs", "10", "--test-size", "50", "--out", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	again("another record", other, all...)
	if _, new := reproduce(other, "5"); len(new) == 0 {
		t.Error("another list of figures: claims and report are those of the last")
	}
}

// A process that is killed at any moment while it draws leaves nothing for ever: the next one ends with the files of an
// undisturbed one, and those alone.
func TestKilledWhileDrawing(t *testing.T) {
	binary := build(t, "")
	start := func(dir string) *exec.Cmd {
		return exec.Command(binary, "reproduce", "--scale", "smoke", "--figures", "3,5", "--out", dir)
	}
	undisturbed, dir := t.TempDir(), t.TempDir()
	started := time.Now()
	if out, err := start(undisturbed).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took, left := time.Since(started), 0
	random := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		c := start(dir)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Float64() * float64(took)))
		c.Process.Kill()
		c.Wait()
		for name := range pictures(t, dir) {
			if strings.HasPrefix(filepath.Base(name), ".") && filepath.Base(name) != drawnFile {
				left++
			}
		}
		os.Remove(filepath.Join(dir, drawnFile)) // so that the next draws too
	}
	t.Logf("%d half-written files seen", left)
	for _, name := range []string{"figures/.fig03.png.2354767658", ".report.html123456789012", "..drawn.json123456789012"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := start(dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got, want := contents(t, dir), contents(t, undisturbed); !reflect.DeepEqual(got, want) {
		for name := range got {
			if got[name] != want[name] {
				t.Errorf("%s is another, or left", name)
			}
		}
	}
}
