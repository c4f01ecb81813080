# Cardápio. `make run` starts the bot, `make test` checks it; both need only Python >= 3.11 and make.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
ROOMS := bot.py wiring.py house.py line.py logs.py settings.py handlers menus rag storage nutrition localchat bench scripts tests

.DEFAULT_GOAL := help
.PHONY: help run test test-all check format bench audit vectors texts screenshots clean

help: ## What can be done here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(VENV)/run.ok ## Start the bot (local chat at http://127.0.0.1:8080 when no token is set)
	$(BIN)/python bot.py

test: check ## Checks and the quick tests (browser tests skip where Chromium is missing)
	$(BIN)/python -m pytest -m "not slow"

test-all: test ## The quick tests, then the slow ones one at a time, and the property tests with many examples
	$(BIN)/python -m pytest -m slow -n 0
	$(BIN)/python -m pytest -m "hypothesis and not slow" --hypothesis-profile=many

check: $(VENV)/dev.ok ## Style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_sizes.py
	$(BIN)/python scripts/scan_secrets.py
	$(BIN)/python scripts/audit_dependencies.py

format: $(VENV)/dev.ok ## Let ruff fix what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.ok ## All benchmarks in one run, written to docs/benchmarks.md (BENCH=--quick: some minutes)
	$(BIN)/python -m bench all $(BENCH)

audit: $(VENV)/dev.ok ## Ask an online database about known holes in what is installed (needs a network)
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)/audit/bin/pip-audit --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

vectors: $(VENV)/dev.ok ## Embed what changed in the guide and ship it in guide/vectors/
	$(BIN)/python -m rag.ship_vectors

texts: $(VENV)/dev.ok ## Bring handlers/locales up to date with the sentences, and name what is left to translate
	$(BIN)/python scripts/texts.py

screenshots: $(VENV)/dev.ok ## Remake the pictures of the README (needs Chromium)
	$(BIN)/python scripts/screenshots.py

clean: ## Remove the virtual environment and caches (never the database)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Cardápio needs Python 3.11 or newer with the venv module (on Debian: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.ok: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.ok: requirements.txt requirements-dev.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.ok
