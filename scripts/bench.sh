#!/usr/bin/env bash
# Runs the benchmarks and keeps what they say as DIR/<machine>/<time>-<commit>.txt (DIR: results/bench), one file for
# each run, and beside them once, as machine.json, what srhmbench cpu says. BENCH, BENCHTIME and COUNT as in go test.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go test -run='^$' -bench="${BENCH:-.}" -benchtime="${BENCHTIME:-50ms}" -count="${COUNT:-1}" -cpu=1 -timeout=2h ./bench |
	tee "$work/run.txt"
grep -q '^Benchmark' "$work/run.txt" || { echo "bench: no benchmark matches ${BENCH:-.}" >&2; exit 1; }

machine=$(sed -n 's/^machine: //p;' "$work/run.txt" | head -n 1)
commit=$(sed -n 's/^commit: //p;' "$work/run.txt" | head -n 1 | cut -c 1-12)
[ -n "$machine" ] || { echo "bench: the benchmarks name no machine" >&2; exit 1; }
file="${DIR:-results/bench}/$machine/$(date -u +%Y%m%dT%H%M%SZ)-$commit.txt"
mkdir -p "$(dirname "$file")"
grep -vE '^(ok|PASS)\b' "$work/run.txt" >"$file"
about=$(dirname "$file")/machine.json
if [ ! -e "$about" ]; then
	go run . cpu --json >"$work/machine.json"
	mv "$work/machine.json" "$about"
fi
echo "kept in $file" >&2
