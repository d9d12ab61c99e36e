# Tiếp Dân. A bare `make` lists the words; everything else happens behind them.

SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
CATALOGUE := platform/tiepdan/translations/en/LC_MESSAGES/messages
DISTRIBUTIONS := pyproject.toml $(wildcard plugins/*/pyproject.toml)
SOURCES := platform/tiepdan platform/gunicorn.conf.py migrations tests $(wildcard plugins)

PORT ?= 8000
RESET ?=
ONLY ?=
SCALE ?=
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check bench messages lock clean setup browser

help: ## list these words
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

demo: setup ## run the whole platform with its demo (PORT=8123, RESET=1 starts over, Ctrl-C ends it)
	@exec $(PYTHON) -m tiepdan.operations up --demo --with-parent --port $(PORT) $(if $(filter-out 0,$(RESET)),--reset)

test: setup browser ## run every test, browser journeys included (ARGS=tests/petitions)
	@exec $(PYTHON) -m pytest -n auto $(ARGS)

check: setup ## style, types, import contracts and the rules of the house
	$(VENV)/bin/ruff check $(SOURCES)
	$(VENV)/bin/ruff format --check $(SOURCES)
	$(VENV)/bin/mypy --strict
	$(VENV)/bin/lint-imports
	$(PYTHON) -m pytest -q tests/house

bench: setup ## measure speed against its bars (ONLY=name, SCALE=0.1)
	@ONLY="$(ONLY)" SCALE="$(SCALE)" exec $(PYTHON) -m tests.bench

messages: setup ## collect texts for translation into platform/tiepdan/translations
	@cd platform && ../$(VENV)/bin/pybabel -q extract -F babel.cfg -k _l --no-location --sort-output --omit-header -o ../build/messages.pot .
	@$(VENV)/bin/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -i build/messages.pot -d platform/tiepdan/translations
	@rm -f build/messages.pot

lock: setup ## pin every dependency again, with hashes (ARGS=--upgrade for newer ones)
	@$(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install -qq uv
	@$(PYTHON) -m uv pip compile --quiet --no-config --universal --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --python-version 3.13 --extra dev $(ARGS) \
		--output-file requirements.lock pyproject.toml
	@echo setuptools | $(PYTHON) -m uv pip compile --quiet --no-config --universal --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate --python-version 3.13 \
		--constraint requirements.lock --output-file platform/requirements.lock pyproject.toml -
	@sed -i '1i # Every dependency with its hashes, made by `make lock` from pyproject.toml. Do not edit.' requirements.lock
	@sed -i '1i # What the image installs: requirements.lock without tools. Made by `make lock`. Do not edit.' \
		platform/requirements.lock
	@if grep -nE '://|^--' requirements.lock platform/requirements.lock; then \
		echo 'a lock must not name addresses'; exit 1; fi

clean: ## remove what was built or started here: environment, demo data, caches
	rm -rf $(VENV) .tiepdan build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -path ./.git -prune -o \( -name __pycache__ -o -name '*.egg-info' \) -type d -prune -exec rm -rf {} +

# The environment is rebuilt when the lock or a distribution changed; otherwise this costs nothing.
setup: $(READY) $(CATALOGUE).mo

$(CATALOGUE).mo: $(CATALOGUE).po $(READY)
	@$(VENV)/bin/pybabel -q compile --domain messages --directory platform/tiepdan/translations

$(READY): requirements.lock $(DISTRIBUTIONS) .ci/find-python
	@$(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null || { \
		found=$$(.ci/find-python) || exit 1; \
		echo "Python: $$found"; \
		rm -rf $(VENV) && "$$found" -m venv $(VENV); }
	@echo 'Installing the pinned dependencies (once)'
	@$(PYTHON) -m pip install -qq --require-hashes -r requirements.lock
	@$(PYTHON) -m pip install -qq --no-deps --no-build-isolation $(foreach file,$(DISTRIBUTIONS),--editable ./$(dir $(file)))
	@touch $(READY)

# Journeys need a browser; Debian's is used where it is, or can be installed without a question.
browser:
	@.ci/install-browser
