#!/usr/bin/env bash
# Executes the NEON kernels on an emulated arm64 CPU: their tests, with the conformance suite of which nothing is left
# out, and a small training of each network, whose record must be this machine's, but for where it comes from.
#
# Left out are tests of Go code alone that take long there; that it computes the same as here, although the compiler
# fuses products and sums for arm64, is what the test of known bits says.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CGO_ENABLED=0
emulated=$PWD/scripts/arm64-emulated.sh

die() {
	echo "neon-emulated: $1" >&2
	exit 1
}

# tests PACKAGE [ARGUMENT...]: runs its tests where they find their files.
tests() {
	GOARCH=arm64 go test -c -o "$work/test" "$1"
	(cd "$1" && SRHM_WANT_TIERS=neon "$emulated" "$work/test" -test.v "${@:2}") >"$work/log" || {
		grep -vE '^ *(=== |--- (PASS|SKIP))|: this machine, build or leg runs without' "$work/log" >&2
		die "the tests of $1 fail"
	}
}

# train PROGRAM... : the record of a small training of $net.
train() {
	rm -rf "$work/runs"
	"$@" train --net "$net" --v 4 --s0 1 --P 200 --width 24 --max-epochs 8 --test-size 200 --threads 1 \
		--out "$work/runs" --json 2>"$work/log" || {
		cat "$work/log" >&2
		die "the training of the $net fails"
	}
}

result() { sed 's/,"provenance":.*//'; }

tests ./kernels/kerneltest
tests ./kernels -test.skip 'FMA|WithinTheirBounds|WithinOneULP'
count=$(grep -c '^ *--- PASS: TestConformance/[A-Za-z]*/neon ' "$work/log") || die "no operation ran on neon"
echo "neon-emulated: $count operations give the bits of the generic tier"

go build -o "$work/here" .
GOARCH=arm64 go build -o "$work/there" .
for net in lcn cnn fcn; do
	train "$work/here" >"$work/record.here"
	train "$emulated" "$work/there" >"$work/record.there"
	grep -q '"tier":"neon"' "$work/record.there" || die "the $net was not trained on neon"
	diff <(result <"$work/record.here") <(result <"$work/record.there") || die "the $net comes out differently"
	echo "neon-emulated: $net, $(grep -o '"weights_hash":"[^"]*"' "$work/record.there") here and there"
done
