.PHONY: help reproduce figures report man figures-committed figures-check test test-browser vet format generate generate-check smoke random portable cross avx512-emulated tiers-emulated race ulp-exhaustive bench bench-page bench-peers submit bench-baseline bench-gate figures-gate gate-study

SCALE ?= quick
FIG ?= all
OUT ?= out
BENCH ?= .
BENCHTIME ?= 50ms
COUNT ?= 1
ROUNDS ?= 25
PEER_ROUNDS ?= 5
BASELINE ?= out/baseline
CHECKS ?= 1000
TIER ?= neon avx2 generic

unexport $(filter GIT_%,$(.VARIABLES)) # a hook's are for the commit that is being made

# quoted is the value of a variable as one word of the shell, whatever is in it: dollars and quotes too.
quoted = '$(subst ','\'',$(value $1))'

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

reproduce: ## train, draw and judge: SCALE=smoke|quick|paper FIG=4b,5 OUT=out
	go run . reproduce --scale $(call quoted,SCALE) --figures $(call quoted,FIG) --out $(call quoted,OUT)

figures: ## draw again from the committed records: SCALE, FIG and OUT as above
	go run . figure --scale $(call quoted,SCALE) --figures $(call quoted,FIG) --out $(call quoted,OUT)

man: ## man pages of all commands, into OUT/man
	go run . man --out $(call quoted,OUT)/man

report: ## the page of figures, claims and evidence from the committed records: as above
	go run . report --scale $(call quoted,SCALE) --figures $(call quoted,FIG) --out $(call quoted,OUT)

figures-committed: ## draw results/figures and results/paper-scale again, after new records
	scripts/figures-committed.sh results

figures-check: ## fail if those are not what the committed records give, here and on other CPUs
	scripts/figures-check.sh

test: vet generate-check figures-check portable cross tiers-emulated ## static checks, all tests, and a smoke-scale reproduction
	go test ./...
	scripts/smoke.sh

test-browser: ## both pages in a real browser, Debian's chromium: requests, errors, sizes, widths, dark and light, links
	scripts/test-browser.sh

vet: format ## gofmt, go vet, staticcheck
	go vet ./...
	go tool staticcheck ./...

format: ## fail if a Go file is not as gofmt writes it
	@files=$$(gofmt -l .) && { test -z "$$files" || { printf 'not as gofmt writes it: %s\n' $$files; exit 1; }; }

generate: ## write the assembly and the Go code that calls it anew from kernels/_asm
	rm -f kernels/kernels_*_*64.s kernels/kernels_*_*64.go kernels/requires_*.go kernels/set.go kernels/set_*_*64.go
	cd kernels/_asm && go run .

generate-check: ## fail if these are not what kernels/_asm writes
	scripts/generate-check.sh

smoke: ## reproduce at smoke scale twice, and compare every byte of the figures
	scripts/smoke.sh

random: ## the random tests with fresh draws, where go test makes the same ones every time: CHECKS=1000
	RAPID_SEED=0 RAPID_CHECKS=$(call quoted,CHECKS) go test -count=1 ./kernels ./srhm/...

portable: ## the kernels without assembly
	go test -tags purego ./kernels/...

cross: ## build and vet for every system that is supported: Linux, macOS and Windows on amd64 and arm64
	@for system in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do \
		echo "cross $$system" && GOOS=$${system%/*} GOARCH=$${system#*/} CGO_ENABLED=0 go build ./... && \
		GOOS=$${system%/*} GOARCH=$${system#*/} CGO_ENABLED=0 go vet ./... || exit 1; \
	done

avx512-emulated: ## the kernels' suite on an emulated CPU with AVX-512 (Debian's bochs; minutes)
	d=$$(mktemp -d) && trap 'rm -rf "$$d"' EXIT && trap 'exit 1' HUP INT TERM && CGO_ENABLED=0 go test -c -o "$$d/kernels.test" ./kernels && \
	SRHM_WANT_TIERS=avx512 SRHM_THIN=20 TIMEOUT=1800 scripts/avx512-emulated.sh "$$d/kernels.test" -test.run=Conformance -test.v

tiers-emulated: ## the kernels' tests and small trainings on emulated CPUs (Debian's qemu-user-static): TIER="neon avx2 generic"
	scripts/tiers-emulated.sh $(foreach t,$(value TIER),'$(subst ','\'',$t)')

race: ## what runs in several threads, under the race detector, which sees what assembly touches; needs a C compiler
	go test -race ./kernels -run 'Rac|Parallel|InAnyBlocks'
	go test -race ./srhm/net/...

ulp-exhaustive: ## the largest errors of exp, log, rsqrt, sigmoid, SiLU and tanh over all float32; ten minutes of a core
	SRHM_ULP_STRIDE=1 go test ./kernels -run TestAccuracy -v -timeout 6h

bench: ## kernels, roofs and training steps, a minute, kept in results/bench: BENCH=regexp BENCHTIME=50ms COUNT=1
	BENCH=$(call quoted,BENCH) BENCHTIME=$(call quoted,BENCHTIME) COUNT=$(call quoted,COUNT) scripts/bench.sh

bench-page: ## results/bench/index.html: all machines, tiers and libraries measured there, side by side
	files=$$(scripts/bench-files.sh) && go run . bench compare --page results/bench/index.html $$files

submit: ## measure this CPU and pack what it says into one file to send in: OUT=out
	OUT=$(call quoted,OUT) BENCH=$(call quoted,BENCH) BENCHTIME=$(call quoted,BENCHTIME) COUNT=$(call quoted,COUNT) scripts/submit.sh

bench-peers: ## our kernels and training steps beside OpenBLAS, BLIS, oneDNN, libxsmm, gonum, PyTorch: PEER_ROUNDS=5
	d=$$(mktemp -d) && trap 'rm -rf "$$d"' EXIT && trap 'exit 1' HUP INT TERM && cd bench/peers && go vet . && go test . && go build -o "$$d/peers" . && \
	"$$d/peers" --rounds $(call quoted,PEER_ROUNDS) --benchtime $(call quoted,BENCHTIME) --out ../../results/bench

gate-study: ## how often bench-gate errs here: 20 runs without and 10 with a slowdown; more than an hour
	scripts/gate-study.sh

bench-baseline: ## keep the times of this commit for later gates on this machine, in BASELINE=out/baseline
	go run . bench gate --base HEAD --force --rounds $(call quoted,ROUNDS) --out $(call quoted,BASELINE)

bench-gate: ## fail if a benchmark is slower than at BASE=commit, or without it than in BASELINE: ROUNDS=25
	go run . bench gate $(if $(value BASE),--base $(call quoted,BASE),--baseline $(call quoted,BASELINE)) --rounds $(call quoted,ROUNDS)

figures-gate: ## fail if networks are not the bits of BASE=commit, and say which figures move
	go run . bench figures --base $(call quoted,BASE)
