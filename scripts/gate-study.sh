#!/usr/bin/env bash
# How often the regression gate errs on this machine: SAME runs (20) that compare a program with itself, and SLOW
# runs (10) in which the product of matrices is 10 % slower. Arguments go to every gate. A run takes minutes.
# Prints a line for each run; fails on a false alarm or a missed slowdown. A run that could not measure is neither.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

same=${SAME:-20} slow=${SLOW:-10}
[[ $same$slow =~ ^[0-9]+$ ]] || { echo "gate-study: SAME=$same SLOW=$slow: want numbers of runs" >&2; exit 2; }

work=$(mktemp -d)
trap 'git worktree remove --force "$work/slow" 2>/dev/null || true; rm -rf "$work"' EXIT
go build -buildvcs=false -o "$work/srhmbench" .
git worktree add --quiet --detach "$work/slow" HEAD

# Every tenth product is made twice, which does not change it.
(cd "$work/slow" && perl -0pi -e '
	s/(func GEMM\(.*?\n)(\tactive\.Load\(\)\.GEMM\(.*?\)\n)\}/$1$2\tif gemms++; !accumulate && gemms%10 == 0 {\n\t$2\t}\n}\n\nvar gemms int/s
' kernels/gemm.go && gofmt -l kernels && ! git diff --quiet)

wrong=0 void=0
run() { # name, directory, wanted exit status, arguments
	local name=$1 dir=$2 want=$3 status=0
	shift 3
	(cd "$dir" && "$work/srhmbench" bench gate --base HEAD "$@") >"$work/report" 2>/dev/null || status=$?
	echo "$name: exit status $status; $(grep -o 'noise floor.*show' "$work/report" | head -1); $(grep '^verdict' "$work/report")"
	grep 'SLOWER$' "$work/report" | sed 's/^/    /' || true
	case $status in
	"$want") ;;
	2) void=$((void + 1)) ;;
	*) wrong=$((wrong + 1)) ;;
	esac
}
for ((i = 1; i <= same; i++)); do run "same $i" . 0 --force "$@"; done
for ((i = 1; i <= slow; i++)); do run "slow $i" "$work/slow" 1 "$@"; done
echo "$wrong runs erred, $void could not measure"
[ "$wrong" = 0 ]
