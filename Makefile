# What one does with this tree. `make` alone lists it.

SWIFT ?= swift
PREFIX ?= /usr/local
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PROGRAMS := quipu quipu-central
FOLDERS := man/man1 bash-completion/completions zsh/site-functions fish/vendor_completions.d
SOURCES := Package.swift Schema Sources ServerStub Tests Benchmarks

.DEFAULT_GOAL := help
.PHONY: help deps build release package install demo test lint format clean

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

# SQLite, zstd, xlsxwriter and minizip come from Debian; nothing is installed where they are there
# already.
HEADERS := sqlite3.h zstd.h xlsxwriter.h minizip/unzip.h
LIBRARIES := libsqlite3-dev libzstd-dev libxlsxwriter-dev libminizip-dev pkg-config
deps: ## Install the system libraries that are missing
	@missing=; for header in $(HEADERS); do [ -e /usr/include/$$header ] || missing=1; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing $(LIBRARIES)"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(LIBRARIES); \
	fi
	@command -v $(SWIFT) >/dev/null || \
	  { echo "Swift 6.3 is needed: https://www.swift.org/install/linux/" >&2; exit 1; }

build: deps ## Build both programs, for development
	@for program in $(PROGRAMS); do $(SWIFT) build --product $$program || exit 1; done

release: deps ## Build both programs, fast and standing alone, into dist/
	@for program in $(PROGRAMS); do \
	  $(SWIFT) build -c release --static-swift-stdlib --product $$program || exit 1; done
	@mkdir -p dist
	@for program in $(PROGRAMS); do \
	  install -s "$$($(SWIFT) build -c release --show-bin-path)/$$program" dist/ || exit 1; done
	@ls -l dist

package: release ## Build a Debian package and an archive of the same, in dist/
	@Packaging/package.sh dist dist

install: release ## Install programs, manual pages and completions under PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(addprefix $(DESTDIR)$(PREFIX)/share/,$(FOLDERS))
	install $(addprefix dist/,$(PROGRAMS)) $(DESTDIR)$(PREFIX)/bin
	@for program in $(PROGRAMS); do export LC_ALL=C.UTF-8; \
	  share=$(DESTDIR)$(PREFIX)/share; \
	  python3 Packaging/manual.py dist/$$program $$share/man/man1 && \
	  dist/$$program --generate-completion-script bash >$$share/bash-completion/completions/$$program && \
	  dist/$$program --generate-completion-script zsh >$$share/zsh/site-functions/_$$program && \
	  dist/$$program --generate-completion-script fish >$$share/fish/vendor_completions.d/$$program.fish \
	  || exit 1; done

demo: build ## Five offices and a centre on this machine, in ./demo
	@bash Examples/demo.sh "$$($(SWIFT) build --show-bin-path)"

test: deps ## Run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest

lint: ## Check the form of the sources
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## Put the sources into form
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

clean: ## Remove what was built, and the demo
	rm -rf .build dist demo
