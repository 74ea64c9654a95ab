# Everything a newcomer or CI runs. `make help` lists it.
# The targets set up what they need, once: a virtual environment with locked packages and, for tests, system programs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamps
PYTEST := $(BIN)/pytest

.DEFAULT_GOAL := help
.PHONY: help run test test-thorough check unit bench screenshots docs lock translations css client clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(STAMP)/run ## Start Recado with demo data on http://127.0.0.1:8000 (RECADO_PORT, RECADO_DATA, RECADO_DATABASE_URL)
	@exec $(BIN)/recado serve --demo

test: $(STAMP)/system $(STAMP)/test $(STAMP)/interop check ## Set up and run everything there is: checks, both databases, real processes, real browser
	$(PYTEST) -q -n auto --dist worksteal

test-thorough: $(STAMP)/system $(STAMP)/test $(STAMP)/interop ## Run all tests, and what depends on chance many times: kills, races, generated cases
	THOROUGH_TESTS=yes $(PYTEST) -q -n auto --dist worksteal --timeout 900

check: $(STAMP)/test $(STAMP)/node ## Lint, types, import rules, style sheets, migrations, translations, dependencies, documentation
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	RECADO_DATA=build/check $(BIN)/python -m django makemigrations --check --dry-run --settings recado.server.settings
	$(BIN)/python tools/translations.py --check
	$(BIN)/python -m recado.panel.build_css --check
	$(BIN)/python tools/client.py --check
	$(BIN)/python -m recado.panel.vendor
	cd tools/node && npm run --silent stylelint
	$(BIN)/codespell
	$(BIN)/deptry src
	$(MAKE) --no-print-directory docs

unit: $(STAMP)/test ## Run the fast tests only: no processes, no browser, no PostgreSQL
	$(PYTEST) -q -n auto -m "not slow and not browser and not postgresql"

bench: $(STAMP)/system $(STAMP)/test ## Measure; print the figures as a table and as JSON lines
	$(BIN)/python -m bench

screenshots: $(STAMP)/system $(STAMP)/test ## Take pictures of the key screens into build/screenshots, to be looked at
	$(BIN)/python tools/screenshots.py

docs: $(STAMP)/test ## Build the documentation into docs/_build, warnings are errors
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build

translations: $(STAMP)/test ## Collect texts into the catalogues and compile them
	$(BIN)/python tools/translations.py

css: $(STAMP)/test ## Put the components' style sheets together
	$(BIN)/python -m recado.panel.build_css

client: $(STAMP)/test ## Write the operations of the Python client out of the API's description
	$(BIN)/python tools/client.py

lock: $(STAMP)/test ## Resolve the locked requirements anew
	$(BIN)/python tools/lock.py

clean: ## Remove what was built, not the data
	rm -rf build docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@tools/system-packages venv
	$(PYTHON) -m venv $(VENV)

$(STAMP)/run: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/test: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked packages for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMP) && touch $@ $(STAMP)/run

$(STAMP)/system: tools/system-packages | $(VENV)/bin/python
	@tools/system-packages test
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/node: tools/node/package.json tools/node/package-lock.json | $(STAMP)/system
	@cd tools/node && npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/interop: tests/interop/package.json tests/interop/package-lock.json | $(STAMP)/system
	@cd tests/interop && npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMP) && touch $@
