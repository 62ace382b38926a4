# `make help` lists what there is.  Everything happens in .venv, made from requirements.lock.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
  $(if $(shell $(p) -c 'import sys, ensurepip; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(p))))
BIN := .venv/bin
# A test spends a sixth of its time waiting: one process more than there are cores.
WORKERS = $(shell $(BIN)/python -c 'import os; print(min((os.cpu_count() or 1) + 1, 4))')
# The tests and benchmarks start the program many times, from compiled modules as a person does.
unexport PYTHONDONTWRITEBYTECODE
# Four at most: where a container sees more cores than it may use, more would only wait.
SIDE_BY_SIDE = --numprocesses $(or $(WORKERS),auto) --dist worksteal

.PHONY: help read test nightly lint format bench picture lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "postil needs Python 3.11 or newer with venv and pip: none found (name one with make PYTHON=...)"; exit 3; }
	@echo "setting up .venv: a minute, this once"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

read: .venv/ready ## open a copy of the sample library in the reader
	@$(BIN)/postil demo

test: .venv/ready ## run the test suite
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not nightly"

nightly: .venv/ready ## run the test suite with the heavy counts
	@POSTIL_NIGHTLY=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE)

lint: .venv/ready ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/ready ## rewrite the sources as ruff formats them
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: .venv/ready ## measure the budgets, side by side
	@$(BIN)/python -m benchmarks

picture: .venv/ready ## draw the README's picture from the program
	@$(BIN)/python -m benchmarks.picture docs/postil.svg

lock: ## write requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev pyproject.toml --output-file requirements.lock

clean: ## remove .venv and what tools left behind
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
