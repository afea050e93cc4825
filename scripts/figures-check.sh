#!/usr/bin/env bash
# Fails unless the committed figures and claims are what the committed records give, byte for byte, on every machine.
# They are drawn as the program is built here, built for x86-64-v3, whose instructions fuse products and sums, without
# such instructions, and built for arm64, which fuses more, on an emulated CPU. There, a search and a training with its
# probes must also write what they write here.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2>/dev/null || true; rm -rf "$work"' EXIT
export CGO_ENABLED=0

die() {
	echo "figures-check: $1" >&2
	exit 1
}

# results NAME PROGRAM... : a pooled search over trainings that are known, and a training with probes.
results() {
	local runs=$work/$1.runs trained=$work/$1.trained
	rm -rf "$runs" "$trained"
	cp -r "$work/known" "$runs"
	"${@:2}" search --net lcn --v 3 --s0 1 --width 16 --epsilon 0.4 --test-size 1000 --seeds 3 --threads 1 --out "$runs" --json &&
		"${@:2}" train --net cnn --v 4 --s0 1 --P 200 --width 16 --max-epochs 20 --test-size 200 --probe 40 \
			--probe-times 3 --threads 1 --out "$trained" --json | sed 's/,"provenance":.*//'
}

# leg NAME PROGRAM... : what one machine writes.
leg() {
	local made
	scripts/figures-committed.sh "$work/$1" "${@:2}" >/dev/null 2>"$work/log.$1" || {
		cat "$work/log.$1" >&2
		die "$1: the figures are not drawn"
	}
	for made in figures claims.md paper-scale; do
		diff -r "results/$made" "$work/$1/$made" ||
			die "$1: the figures are not those of the records; make figures-committed draws them"
	done
	results "$@" >"$work/$1.results" 2>"$work/log.$1" || {
		cat "$work/log.$1" >&2
		die "$1: the search or the training fails"
	}
	diff "$work/here.results" "$work/$1.results" || die "$1: a search or a training comes out differently"
}

go build -o "$work/program" .
mkdir "$work/known"
results here "$work/program" >/dev/null 2>"$work/log" || {
	cat "$work/log" >&2
	die "the search or the training fails"
}
mv "$work/here.runs/runs.jsonl" "$work/known"
results here "$work/program" >"$work/here.results" 2>/dev/null

GOARCH=arm64 go build -o "$work/program.arm64" .
leg arm64 scripts/emulated.sh cortex-a53 "$work/program.arm64" &
arm64=$!
leg here "$work/program"
leg without-fma env GODEBUG=cpu.fma=off "$work/program"
v3=("$work/program.v3")
GOARCH=amd64 GOAMD64=v3 go build -o "${v3[0]}" .
"${v3[@]}" version >/dev/null 2>&1 || v3=(scripts/emulated.sh Haswell "${v3[@]}")
leg x86-64-v3 "${v3[@]}"
wait $arm64
