# Everything works from a fresh clone: the environment is made when it is missing or out of date.

PYTHON ?= python3
BIN := .venv/bin
PROCESSES ?= 2
PYTEST = $(BIN)/python -m pytest -q -n $(PROCESSES) --dist worksteal

# Compiling the tests anew takes each process ten seconds, wherever this is set.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run environment lint code types contracts check test test-sqlite test-postgresql test-site test-browser bench lock format

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

run: ## start the site (PORT=, DEMO=0 for an empty club)
	@$(PYTHON) start.py

environment: ## .venv with everything for development
	@$(PYTHON) start.py environment

lint: environment ## linters, types, import contracts, templates
	@$(MAKE) --no-print-directory --jobs $(EACH_TOGETHER) code types contracts $(LOOKED_AT)

# What steps that run at the same time say does not mix, where this make can keep it apart.
EACH_TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync)

code:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

# The other linters keep what they know of files that did not change. This one knows nothing, and
# takes eight seconds for all: it is given those that changed since it last was content.
LOOKED_AT := .djlint_cache/looked_at
TEMPLATES := $(shell find templates -name "*.html")

$(LOOKED_AT): pyproject.toml requirements-dev.lock $(TEMPLATES)
	$(BIN)/djlint --check --lint --quiet $(if $(filter-out templates/%,$?),templates,$?)
	@mkdir -p $(@D) && touch $@

format: environment ## put code and templates into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates

check: PROCESSES := $(or $(shell nproc 2>/dev/null),2)
check: lint ## lint, and on SQLite what is neither slow nor opens pages nor tells long stories: under a minute
	$(PYTEST) -m "not browser and not site and not slow and not pages and not stories"

test: lint test-sqlite test-postgresql test-site test-browser ## everything that a change must pass

test-sqlite: environment
	TEST_ENGINE=sqlite $(PYTEST) -m "not browser and not site"

test-postgresql: environment
	TEST_ENGINE=postgresql $(PYTEST) -m "not browser and not site"

test-browser: environment
	TEST_ENGINE=sqlite $(PYTEST) -m browser

test-site: environment
	TEST_ENGINE=sqlite $(BIN)/python -m pytest -q -m site

bench: environment ## the figures of the benchmarks, as ratios measured in this run
	$(BIN)/python -m benchmarks.run

# uv compiles the lock files; they are installed with plain pip.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11 --custom-compile-command "make lock"

lock: environment ## compile both lock files anew (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
