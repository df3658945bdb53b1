# Every target does the set-up that a fresh machine needs. `make demo` and `make test` are all that a newcomer has to know.
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT_FLAGS ?=
# The program carries the Swift libraries in itself: it starts sooner, and runs where no toolchain is installed.
RELEASE := -c release --static-swift-stdlib $(SWIFT_FLAGS)
VERSION := $(shell sed -n 's/.*static let number = "\(.*\)".*/\1/p' Sources/midwatch/Version.swift)

.PHONY: all demo build release test check format bench install uninstall setup clean

all: build

setup:
	@.ci/setup build

# The console on a make-believe company.
demo: setup
	@swift build $(RELEASE) --product midwatch
	@"$$(swift build -c release --show-bin-path)/midwatch" demo $(DEMO)

build: setup
	swift build $(SWIFT_FLAGS)

release: setup
	swift build $(RELEASE) --product midwatch

# Exactly what CI runs: formatting, imports (a test among the others), tests.
test: check
check:
	@.ci/setup test
	swift format lint --strict --recursive Sources Tests Package.swift
	@swift build --build-tests $(SWIFT_FLAGS)
	@.ci/tests $(SWIFT_FLAGS)

format:
	swift format --in-place --recursive Sources Tests Package.swift

# Figures as ratios against a peer in the same run.
bench: release
	@.ci/setup test
	@Benchmarks/run

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/midwatch/themes" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 "$$(swift build -c release --show-bin-path)/midwatch" "$(DESTDIR)$(PREFIX)/bin/midwatch"
	install -m 644 themes/*.yaml "$(DESTDIR)$(PREFIX)/share/midwatch/themes/"
	install -m 644 config.default.yaml "$(DESTDIR)$(PREFIX)/share/midwatch/config.default.yaml"
	install -m 644 midwatch.1 "$(DESTDIR)$(PREFIX)/share/man/man1/midwatch.1"
	"$(DESTDIR)$(PREFIX)/bin/midwatch" --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/midwatch"
	"$(DESTDIR)$(PREFIX)/bin/midwatch" --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_midwatch"
	"$(DESTDIR)$(PREFIX)/bin/midwatch" --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/midwatch.fish"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/midwatch" "$(DESTDIR)$(PREFIX)/share/man/man1/midwatch.1" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/midwatch" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_midwatch" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/midwatch.fish"
	rm -rf "$(DESTDIR)$(PREFIX)/share/midwatch"

clean:
	swift package clean
