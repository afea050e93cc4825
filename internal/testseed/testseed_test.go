package testseed

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Two runs of a test draw the same, unless one asks for something else.
func TestRepeatable(t *testing.T) {
	const child = "TESTSEED_CHILD"
	if os.Getenv(child) != "" {
		rapid.Check(t, func(t *rapid.T) { fmt.Println(rapid.Int().Draw(t, "n")) })
		return
	}
	draws := func(arg, env string) string {
		c := exec.Command(os.Args[0], "-test.run=^TestRepeatable$", arg)
		c.Env = []string{child + "=1", env}
		out, err := c.Output()
		if err != nil || len(out) < 100 {
			t.Fatalf("%s%s: %v, %q", arg, env, err, out)
		}
		return string(out)
	}
	usual := draws("", "")
	if draws("", "") != usual || draws("-rapid.seed=1", "") != usual {
		t.Error("two runs draw different values")
	}
	for name, other := range map[string]string{
		"-rapid.seed=2": draws("-rapid.seed=2", ""), "RAPID_SEED=2": draws("", "RAPID_SEED=2"), "RAPID_SEED=0": draws("", "RAPID_SEED=0"),
	} {
		if other == usual {
			t.Errorf("%s: the draws are the usual ones", name)
		}
	}
}

// Every package whose tests draw with rapid has the seed.
func TestEveryPackageIsSeeded(t *testing.T) {
	const library, seed = "pgregory.net/rapid", "srhmbench/internal/testseed"
	imports := map[string]map[string]bool{} // of the test files of a directory
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		if imports[dir] == nil {
			imports[dir] = map[string]bool{}
		}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			imports[dir][name] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	seeded := 0
	for dir, has := range imports {
		switch {
		case has[library] && has[seed]:
			seeded++
		case has[library] && filepath.Base(dir) != "testseed":
			t.Errorf("%s: a test imports %s and none imports %s", dir, library, seed)
		}
	}
	if seeded == 0 {
		t.Error("no package found that draws")
	}
}
