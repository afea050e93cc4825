#!/usr/bin/env bash
# Executes kernel tiers on emulated CPUs that have nothing wider: their tests, with the conformance suite, and a small
# training of each network, whose record must be this machine's, but for where it comes from.
#
#   scripts/tiers-emulated.sh [neon|avx2|generic...]     all three without arguments
#
# Left out are tests of Go code alone that take long there; that it computes the same as here, although the compiler
# fuses products and sums for arm64, is what the test of known bits says. The x86 legs make one call of five of the
# suite, and have no guard pages beside operands (scripts/emulated.sh says why): a real CPU with AVX2 tests both.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CGO_ENABLED=0 GOAMD64=v1 SRHM_ULP_STRIDE=100003

die() {
	echo "tiers-emulated: $1" >&2
	exit 1
}

emulated() { scripts/emulated.sh "$cpu" "$@"; }

# tests PACKAGE [ARGUMENT...]: runs its tests where they find their files.
tests() {
	GOARCH=$arch go test -tags "$tags" -c -o "$work/test" "$1"
	(cd "$1" && SRHM_WANT_TIERS=$tier "$OLDPWD/scripts/emulated.sh" "$cpu" "$work/test" -test.v "${@:2}") >"$work/log" || {
		grep -vE '^ *(=== |--- (PASS|SKIP))|: this machine, build or leg runs without' "$work/log" >&2 || true
		die "$tier on $cpu: the tests of $1 fail"
	}
}

# train PROGRAM... : the record of a small training of $net.
train() {
	rm -rf "$work/runs"
	"$@" train --net "$net" --v 4 --s0 1 --P 200 --width 24 --max-epochs 8 --test-size 200 --threads 1 \
		--out "$work/runs" --json 2>"$work/log" || {
		cat "$work/log" >&2
		die "$tier on $cpu: the training of the $net fails"
	}
}

result() { sed 's/,"provenance":.*//'; }

# leg TIER CPU ARCHITECTURE: tier must be what is chosen by itself there.
leg() {
	tier=$1 cpu=$2 arch=$3 tags=
	unset SRHM_THIN
	if [[ $arch == amd64 ]]; then
		tags=noguard
		export SRHM_THIN=5
	else
		tests ./kernels/kerneltest
	fi
	tests ./kernels -test.skip FMA
	local count
	count=$(grep -c "^ *--- PASS: TestConformance/[A-Za-z]*/$tier " "$work/log") || die "$tier on $cpu: no operation ran"
	echo "tiers-emulated: $tier on $cpu, $count operations keep the contract"

	go build -buildvcs=false -o "$work/here" .
	GOARCH=$arch go build -buildvcs=false -o "$work/there" .
	for net in lcn cnn fcn; do
		train "$work/here" >"$work/record.here"
		train emulated "$work/there" >"$work/record.there"
		grep -q "\"tier\":\"$tier\"" "$work/record.there" || die "$cpu: the $net was not trained on $tier"
		diff <(result <"$work/record.here") <(result <"$work/record.there") || die "$tier on $cpu: the $net comes out differently"
		echo "tiers-emulated: $tier on $cpu, $net, $(grep -o '"weights_hash":"[^"]*"' "$work/record.there") here and there"
	done
}

[[ $# -gt 0 ]] || set -- neon avx2 generic
for name; do
	case $name in
	neon) leg neon cortex-a53 arm64 ;;
	avx2) leg avx2 Haswell amd64 ;;
	generic) leg generic Nehalem amd64 ;;
	*) die "tier $name: want neon, avx2 or generic" ;;
	esac
done
