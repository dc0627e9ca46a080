# `make review` and `make test` each set up all they need from a fresh clone with nothing but Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# `make review` is quiet about its folder so that it can be run again and again.
REVIEW ?= exosomes

# Real records that are no part of the project; benchmarks that need them are left out where they are not there.
DATA ?= ../shared/data
PEERS := .tools/peers

.PHONY: bench review test test-slow lint types layers check format clean help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "evidermis needs Python 3.11 or newer; set PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(PIP) --editable '.[dev]'
	@touch $@

review: $(VENV)/.core  ## answer the bundled question and write its page
	$(BIN)/evidermis review $(REVIEW)

test: $(VENV)/.dev  ## the test suite, in under five minutes
	$(BIN)/python -m pytest -q -n 2 -m 'not slow'

test-slow: $(VENV)/.dev  ## the tests that take longer
	$(BIN)/python -m pytest -q -n 2 -m slow

$(PEERS)/.made: benchmarks/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/peers.txt
	@touch $@

bench: $(VENV)/.dev  ## every benchmark, beside its peers where they can be installed
	-@$(MAKE) --no-print-directory $(PEERS)/.made
	$(BIN)/python benchmarks/all.py --data $(DATA) --peer $(PEERS)/bin/python

lint: $(VENV)/.dev  ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## basedpyright in strict mode
	$(BIN)/basedpyright

layers: $(VENV)/.dev  ## imports only go down
	$(BIN)/lint-imports

check: lint types layers  ## every static check

format: $(VENV)/.dev  ## put the code in the house's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:  ## remove what the targets made, keep the reviews
	rm -rf $(VENV) .tools .pytest_cache .ruff_cache .hypothesis
