# Chiproof. `make help` lists the targets; src/cli is the program, every other folder of src the library.
VERSION := 0.1.0
SOVERSION := 0

PREFIX ?= /usr/local
DESTDIR ?=
CFLAGS ?= -O2 -g
CLANG ?= clang
FUZZ_SECONDS ?= 20

MAKEFLAGS += --no-print-directory
comma := ,
# V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V)$(QUIET),,@echo '  $(1) $@')
# WERROR=1, SANITIZE=address,undefined, COVERAGE=1 and FUZZ=1 choose a variant; each has its own folder.
VARIANT := $(if $(FUZZ),fuzz,$(if $(COVERAGE),coverage,$(if $(SANITIZE),$(subst $(comma),-,$(SANITIZE)),plain)))
B := build/$(VARIANT)
OUT := $(if $(filter plain,$(VARIANT)),.,$(B))

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow $(if $(WERROR),-Werror)
VARIANT_FLAGS := $(if $(COVERAGE),--coverage -O0)
VARIANT_FLAGS += $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
VARIANT_FLAGS += $(if $(FUZZ),-fsanitize=fuzzer-no-link$(comma)address$(comma)undefined -fno-sanitize-recover=all -O1)

# Asked once, when first needed: the packages may be installed after make has started.
PACKAGES := gsl libcjson smartcols
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null || \
	echo -lgsl -lgslcblas -lcjson -lsmartcols) -lm)$(PKG_LIBS)

DEFINES := -D_GNU_SOURCE -DCHIPROOF_VERSION=\"$(VERSION)\"
# No fused multiply-add behind our back: the same inputs print the same digits on every machine.
COMPILE = $(CC) -std=c11 $(DEFINES) -Iinclude -Isrc $(PKG_CFLAGS) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) -fPIC \
	-ffp-contract=off $(VARIANT_FLAGS)
LINK = $(CC) $(CFLAGS) $(VARIANT_FLAGS) $(LDFLAGS)

CLI_SRC := $(sort $(wildcard src/cli/*.c))
LIB_SRC := $(sort $(filter-out $(CLI_SRC),$(wildcard src/*/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
BENCH := $(B)/tests/bench/speed
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
HEADERS := $(sort $(wildcard include/chiproof/*/*.h))
OURS := $(CLI_SRC) $(LIB_SRC) $(wildcard src/*/*.h) $(HEADERS)
CLI_OBJ := $(CLI_SRC:%.c=$(B)/%.o)
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o)
UNIT := $(UNIT_SRC:tests/%.c=$(B)/tests/%)
REPLAY := $(FUZZ_SRC:tests/%.c=$(B)/tests/%)
SHIPPED = $(shell find specs models plots \( -path plots/out -o -path plots/gallery \) -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := all
.PHONY: all tests demo check plots gallery bench golden coverage fuzz format lint install uninstall clean help FORCE
.SUFFIXES:
.SECONDARY:
.DELETE_ON_ERROR:

all: $(OUT)/chiproof $(OUT)/libchiproof.a $(OUT)/libchiproof.so ## the program and the library (the default)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo 'variables: PREFIX DESTDIR CC CFLAGS WERROR=1 SANITIZE=address,undefined COVERAGE=1 V=1'

$(OUT)/chiproof: $(CLI_OBJ) $(OUT)/libchiproof.a
	$(call say,LINK)
	$(Q)$(LINK) -o $@ $(CLI_OBJ) $(OUT)/libchiproof.a $(PKG_LIBS)

$(OUT)/libchiproof.a: $(LIB_OBJ) $(B)/sources
	$(call say,AR  )
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_OBJ)

$(OUT)/libchiproof.so: $(LIB_OBJ) $(B)/sources
	$(call say,LINK)
	$(Q)$(LINK) -shared $(if $(SANITIZE)$(FUZZ),,-Wl$(comma)--no-undefined) -Wl,-soname,libchiproof.so.$(SOVERSION) -o $@ $(LIB_OBJ) $(PKG_LIBS)

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC  )
	$(Q)$(COMPILE) $(if $(filter tests/%,$<),-Itests) -MMD -MP -c -o $@ $<

# Rewritten only when what they hold changes: other flags rebuild everything, other files the archive.
$(B)/flags: STAMP = $(COMPILE)
$(B)/sources: STAMP = $(LIB_SRC)
$(B)/flags $(B)/sources: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(STAMP)' | cmp -s - $@ || printf '%s\n' '$(STAMP)' >$@

tests: $(UNIT) $(REPLAY) ## the unit tests and the fuzz replays, not run
	@:

$(UNIT): $(B)/%: $(B)/%.o $(OUT)/libchiproof.a
	$(call say,LINK)
	$(Q)$(LINK) -o $@ $^ -lcmocka $(PKG_LIBS)

$(BENCH): $(BENCH).o $(OUT)/libchiproof.a
	$(call say,LINK)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS)

# Without FUZZ=1 the entry points are linked with a main that replays files.
$(REPLAY): $(B)/%: $(B)/%.o $(if $(FUZZ),,$(B)/tests/fuzz/replay.o) $(OUT)/libchiproof.a
	$(call say,LINK)
	$(Q)$(LINK) $(if $(FUZZ),-fsanitize=fuzzer) -o $@ $^ $(PKG_LIBS)

demo: ## set up, build, compare two chips and draw their rooflines
	@tests/tools/need demo
	@$(MAKE) $(JOBS)
	./chiproof compare hailo-8 metis
	./chiproof plot roofline hailo-8 metis --out plots/out

check: ## set up, build plain and sanitized, run every test
	@tests/tools/need check
	@echo 'building, plain and sanitized'
	@{ $(MAKE) $(JOBS) WERROR=1 QUIET=1 all tests && \
	$(MAKE) $(JOBS) WERROR=1 QUIET=1 SANITIZE=address,undefined all tests; } || \
	{ echo 'FAILED to build'; echo '0 passed, 1 failed'; exit 1; }
	@CC='$(CC)' CLANG='$(CLANG)' tests/tools/run-all

plots: ## draw every figure into plots/out
	@tests/tools/need plots
	@$(MAKE) $(JOBS)
	./chiproof plot all --out plots/out

gallery: all ## draw the pictures of the README anew; look at them
	./chiproof plot all --out plots/gallery
	tests/tools/backtest-is-drawn plots/gallery/backtest.svg || ./chiproof plot backtest --out plots/gallery

bench: ## check results, then time the library and the daily commands (hyperfine)
	@tests/tools/need bench
	@$(MAKE) $(JOBS) all $(BENCH)
	@$(BENCH)
	@tests/bench/commands

golden: all ## rewrite the golden outputs; review them with git diff
	tests/tools/golden --rewrite

coverage: ## line coverage of the tests (gcovr)
	@$(MAKE) $(JOBS) COVERAGE=1 all tests
	@find build/coverage -name '*.gcda' -delete
	@-tests/tools/run-all --coverage
	gcovr --root . --filter src/ --object-directory build/coverage --print-summary

fuzz: ## libFuzzer on every reader, FUZZ_SECONDS=20 each
	@tests/tools/need fuzz
	@$(MAKE) $(JOBS) FUZZ=1 CC=$(CLANG) tests
	@for f in $(notdir $(basename $(FUZZ_SRC))); do x=$${f#fuzz_}; mkdir -p build/fuzz/found/$$x && \
	echo "$$f: $(FUZZ_SECONDS) s" && build/fuzz/tests/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -max_len=65536 \
	-timeout=10 -verbosity=0 -print_final_stats=1 -artifact_prefix=build/fuzz/ build/fuzz/found/$$x \
	tests/fuzz/corpus/$$x tests/bad/specs tests/bad/models specs models || exit 1; done

format: ## clang-format, in place
	clang-format -i $(OURS) $(wildcard tests/*/*.[ch])

lint: ## cppcheck and clang-tidy
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem --suppress=ctuuninitvar -D_GNU_SOURCE -DCHIPROOF_VERSION='"$(VERSION)"' -Iinclude -Isrc src
	clang-tidy --quiet --warnings-as-errors='*' \
	--checks='clang-analyzer-*,bugprone-*,cert-*,$(LINT_NOT)' \
	$(LIB_SRC) $(CLI_SRC) -- -std=c11 $(DEFINES) -Iinclude -Isrc $(PKG_CFLAGS)
# Off: rules about C++ or taste, Annex K functions, which no C library here has, and what clang 14 misjudges
# (a va_list that is a parameter, the size of a pointer in an array of pointers).
LINT_NOT := -bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-cert-dcl37-c,-cert-dcl51-cpp,$\
	-cert-err33-c,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,$\
	-bugprone-narrowing-conversions,-bugprone-assignment-in-if-condition,-cert-dcl16-c,$\
	-clang-analyzer-valist.Uninitialized,-bugprone-sizeof-expression,-cert-err34-c,-cert-flp30-c,$\
	-clang-analyzer-security.FloatLoopCounter,-bugprone-macro-parentheses,-bugprone-implicit-widening-of-multiplication-result

install: all ## install under DESTDIR and PREFIX
	install -D -m 755 chiproof $(DESTDIR)$(PREFIX)/bin/chiproof
	install -D -m 644 libchiproof.a $(DESTDIR)$(PREFIX)/lib/libchiproof.a
	install -D -m 755 libchiproof.so $(DESTDIR)$(PREFIX)/lib/libchiproof.so.$(VERSION)
	ln -sfn libchiproof.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libchiproof.so.$(SOVERSION)
	ln -sfn libchiproof.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libchiproof.so
	@for f in $(HEADERS); do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/$$f || exit 1; done
	@for f in $(SHIPPED); do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/chiproof/$$f || exit 1; done
	@mkdir -p $(DESTDIR)$(PREFIX)/lib/pkgconfig
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' src/chiproof.pc.in \
	>$(DESTDIR)$(PREFIX)/lib/pkgconfig/chiproof.pc

uninstall: ## remove what install put there
	rm -rf $(DESTDIR)$(PREFIX)/include/chiproof $(DESTDIR)$(PREFIX)/share/chiproof
	rm -f $(DESTDIR)$(PREFIX)/bin/chiproof $(DESTDIR)$(PREFIX)/lib/libchiproof.* \
	$(DESTDIR)$(PREFIX)/lib/pkgconfig/chiproof.pc

clean: ## remove everything that was built
	rm -rf build chiproof libchiproof.a libchiproof.so

# All processors, unless make was already told how many.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

-include $(CLI_OBJ:.o=.d) $(LIB_OBJ:.o=.d) $(UNIT:=.d) $(REPLAY:=.d) $(BENCH).d
