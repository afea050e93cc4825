#!/usr/bin/env bash
# Fails unless the committed figures and claims are what the committed records give, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go run . figure --scale quick --out "$work" >/dev/null 2>"$work/log" || {
	cat "$work/log" >&2
	exit 1
}
diff -r results/figures "$work/figures" && diff results/claims.md "$work/claims.md" || {
	echo 'results: the figures are not those of the records; make figures OUT=results draws them' >&2
	exit 1
}
