#!/usr/bin/env bash
# Reproduces all figures at smoke scale twice, each time with fresh training, and fails unless the
# pictures, their data and the claims are the same, byte for byte. The second time another number of
# trainings at a time is used, which must not matter either.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go build -buildvcs=false -o "$work/srhmbench" .

reproduce() { # DIRECTORY THREADS
	"$work/srhmbench" reproduce --scale smoke --figures all --out "$work/$1" --threads "$2" >"$work/$1.claims" 2>"$work/$1.log" || {
		cat "$work/$1.log" >&2
		exit 1
	}
}

reproduce first 2
reproduce second 1
for name in figures claims.md; do
	diff -r "$work/first/$name" "$work/second/$name"
done
cmp "$work/first.claims" "$work/second.claims"
for kind in png svg pdf csv; do
	ls "$work"/first/figures/*."$kind" >/dev/null # some are there to compare
done
cat "$work/first.claims"
echo "smoke: $(ls "$work/first/figures" | wc -l) files of figures, the same both times"
