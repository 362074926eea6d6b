# Careround's everyday commands. Each sets up what it needs (.venv in this folder, from requirements.lock) and can be
# run again at any time; an interrupted set-up is begun anew, never taken for a whole one.
#
#   make demo        plan the demo agency's week             make demo SECONDS=20 OUT=/tmp/demo
#   make serve       the coordinator's desk with the demo agency, in the browser        make serve PORT=8080
#   make test        run the tests                           make test JOBS=4 TESTS="tests/rules -k breaks"
#   make check       lint, types, contracts, test
#   make lint        format, style, spelling                 make format puts right what can be put right by itself
#   make types       mypy                                    make contracts checks who imports whom
#   make lock        write requirements.lock anew            make lock UPGRADE=--upgrade takes the newest versions
#   make clean       remove .venv, caches and ./out

PYTHON := $(shell python3.11 -c 'print("python3.11")' 2>/dev/null || echo python3)
SECONDS := 60
PORT := 8000
OUT := out/demo
JOBS := 2
TESTS :=
UPGRADE :=

VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := /usr/bin/chromium
CODE := $(wildcard scheduler scenarios api benchmarks tests)

LOCKED := $(VENV)/.locked
INSTALLED := $(VENV)/.installed
WARMED := $(VENV)/.warmed

# A copied or moved .venv would run the code of the folder that it was made in: it does not count as set up.
ifneq ($(shell cat $(LOCKED) 2>/dev/null),$(CURDIR))
$(shell rm -f $(LOCKED))
endif

.PHONY: help demo serve test check lint types contracts format lock clean setup warm browser
.DELETE_ON_ERROR:

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

demo: warm
	$(BIN)/careround plan scenarios/agencies/demo --from 2026-11-23 --out "$(OUT)" --seconds $(SECONDS)

# The first start prints a link that makes the first account; the demo week is planned meanwhile and published then.
serve: warm
	$(BIN)/careround serve --demo --port $(PORT)

test: warm browser
	@if [ -x $(CHROMIUM) ]; then all='browser or not browser'; else all='not browser'; fi; \
	echo "$(BIN)/python -m pytest -n $(JOBS) -m '$$all' $(TESTS)"; \
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "$$all" $(TESTS)

check: lint types contracts test

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell

types: setup
	$(BIN)/mypy $(CODE)

contracts: setup
	$(BIN)/lint-imports --no-logo

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(INSTALLED)

warm: $(WARMED)

# The stamps are written last, so that each says: all of this step is done.

$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Careround needs Python 3.11 or later, and $(PYTHON) is not: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (once, and whenever requirements.lock changes) ..."
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@printf '%s' '$(CURDIR)' > $@

# (An editable install knows the packages that were there when it was made.)
$(INSTALLED): $(LOCKED) pyproject.toml $(wildcard scheduler/__init__.py scenarios/__init__.py api/__init__.py)
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(WARMED): $(INSTALLED) $(shell find scheduler/solve -name '*.py' 2>/dev/null)
	@echo "Compiling the planning kernels (once, and whenever they change; half a minute) ..."
	$(BIN)/careround warm
	@touch $@

# The tests of pages and maps drive Debian's Chromium.
browser:
	@if [ -x $(CHROMIUM) ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    -o DPkg::Lock::Timeout=300 chromium >/dev/null; \
	else \
	  echo "There is no $(CHROMIUM), so the browser tests are left out."; \
	  echo "On Debian: sudo apt-get install chromium"; \
	fi

# Hashes come from the public index alone: neither this machine's pip settings nor wheels lying about may add theirs.
# (A mirror of the index can be named in PIP_INDEX_URL.)
lock: export PIP_CONFIG_FILE := /dev/null
lock: export PIP_FIND_LINKS :=
lock: export PIP_EXTRA_INDEX_URL :=
lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: $(LOCKED)
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links $(UPGRADE) --output-file requirements.lock pyproject.toml
	@{ echo '# Every package that Careround and its tests need, each with the hashes of its public files.'; \
	   echo '# Compiled with Python 3.11 on Linux, where it installs on 3.11, 3.12 and 3.13; it has what Windows and Macs'; \
	   echo '# with Apple silicon need as well (an Intel Mac lacks llvmlite). A package that only another system or'; \
	   echo '# Python needs may be missing: pip then refuses and names it.'; \
	   cat requirements.lock; } > requirements.lock.new && mv requirements.lock.new requirements.lock

clean:
	rm -rf $(VENV) out build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
