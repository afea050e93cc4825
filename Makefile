.PHONY: help test generate vet

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

test: vet ## static checks and all tests
	go test ./...

vet: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go tool staticcheck ./...

generate: ## write the assembly anew from kernels/_asm
	rm -f kernels/kernels_*_amd64.s kernels/kernels_*_amd64.go kernels/requires_amd64.go
	cd kernels/_asm && go run .
