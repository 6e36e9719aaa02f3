# Thin: each target is a line or two that can be typed by hand.
PREFIX ?= /usr/local
RELEASE = .build/release/docket
OFFICE = examples/data/office.docket
# Sources that are programs of their own, beside the main one.
SERVERS = $(notdir $(wildcard Sources/docket-source-*))
# Swift's own libraries in the program: it starts in half the time, and runs where no Swift is.
STATIC = --static-swift-stdlib
FLAGSHIP = ratio buybust race=Black vs kcmo-jackson

# What is linked, and what finds it.
LIBRARIES = libedit-dev libsqlite3-dev zlib1g-dev libzstd-dev libexpat1-dev libsodium-dev libpq-dev \
  libcurl4-openssl-dev unixodbc-dev pkg-config

.PHONY: run test install bench tidy format build servers libraries swift

# Asks the first question of the tour, then leaves a person at the prompt; ends where there is no person.
run: build
	$(RELEASE) -c '$(FLAGSHIP)' $(OFFICE)
	@if [ -t 0 ]; then exec $(RELEASE) $(OFFICE); fi

test: swift libraries
	swift test

build: swift libraries
	swift build -c release --product docket $(STATIC)

# The programs that serve databases to it; nobody waits for them who has a file.
servers: swift libraries
	for server in $(SERVERS); do swift build -c release --product $$server $(STATIC) || exit; done

install: build servers
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/docket
	install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/docket
	cp -R examples $(DESTDIR)$(PREFIX)/share/docket/
	install -d $(DESTDIR)$(PREFIX)/libexec/docket
	for server in $(SERVERS); do \
	  install -m 755 .build/release/$$server $(DESTDIR)$(PREFIX)/libexec/docket/ || exit; \
	  [ ! -e Sources/$$server/source.toml ] || install -m 644 Sources/$$server/source.toml \
	    $(DESTDIR)$(PREFIX)/libexec/docket/$$server.toml; \
	done
	for page in grammar/man/*.[17]; do \
	  [ -e "$$page" ] || continue; \
	  install -D -m 644 "$$page" \
	    "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}"; \
	done
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -d $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -d $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(RELEASE) completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/docket
	$(RELEASE) completions zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_docket
	$(RELEASE) completions fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/docket.fish

bench: swift libraries
	swift run -c release $(STATIC) bench

tidy: swift
	swift run dev tidy

format: swift
	swift format -i -r Sources Tests Package.swift

libraries:
	@.ci/packages $(LIBRARIES)

swift:
	@command -v swift >/dev/null || { \
	  echo 'Swift 6.3 is needed; https://www.swift.org/install has it for this system.' >&2; \
	  exit 1; }
