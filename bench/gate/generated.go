package gate

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"srhmbench/internal/subprocess"
)

// generateCheck compares the committed assembly with what its generator writes.
const generateCheck = "scripts/generate-check.sh"

// generated returns a regression if the assembly in root is not what its generator writes, because then the source
// does not describe what is measured, and void if it could not find out. A repository without the check passes.
func generated(ctx context.Context, root string, s Settings) (Report, error) {
	r := Report{Verdict: Pass, Settings: s}
	if _, err := os.Stat(filepath.Join(root, generateCheck)); err != nil {
		return r, nil
	}
	_, err := subprocess.Output(ctx, "bash", subprocess.Command(ctx, root, "bash", generateCheck))
	switch {
	case ctx.Err() != nil:
		return r.void("interrupted"), ctx.Err()
	case err == nil:
		return r, nil
	case strings.Contains(err.Error(), "generate-check: "):
		r.Verdict, r.Reason = Regression, err.Error()
		return r, nil
	}
	return r.void("%v", err), nil
}
