# Everything a newcomer needs is `make demo` and `make test`. Each target installs only what it lacks.

.PHONY: demo test dist screens bench fmt clean clean-tools help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: ## build, and open the app with an emulated tenant (PORT=8080)
	@scripts/demo

test: ## format, lints, native tests, browser tests of the built app
	@scripts/test

dist: ## build the deployable folder dist/
	@scripts/dist

screens: ## write a picture of every view and state to screens/
	@scripts/screens

bench: ## print sizes, start times and requests of the built app
	@scripts/bench

fmt: ## format the Rust code
	@cargo fmt --all

clean: ## remove what was built
	@rm -rf target dist screens tests/e2e/results

clean-tools: clean ## remove what setup installed and what was built; list Debian packages and rustup parts, which stay
	@scripts/clean-tools
