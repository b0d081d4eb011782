PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= auto

.PHONY: demo test lint types unit soak bench snapshots constraints clean

## demo: the console on an invented company, with a simulated QuickBooks (RESET=1 begins anew)
demo: $(VENV)/.runtime
	@$(BIN)/python -m awra_tui demo $(if $(RESET),--reset)

## test: everything that must be true before a change goes in
test: lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff check awra_tui tests bench
	$(BIN)/ruff format --check awra_tui tests bench
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy awra_tui

unit: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS)

## soak: everything that fails, at full size; at most an hour on two cores
soak: $(VENV)/.dev
	$(BIN)/python -m tests.chaos.soak

## bench: ratios measured in one run
bench: $(VENV)/.dev
	$(BIN)/python -m bench

## snapshots: write the pictures in snapshots/ and of the README's story anew; look at them before committing
snapshots: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) tests/pictures tests/story --snapshot-update

## constraints: choose the exact versions anew (needs uv)
constraints:
	uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o constraints.txt
	uv pip compile pyproject.toml --group dev --extra postgres --universal --python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o constraints-dev.txt

$(VENV)/.runtime: constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing awra-tui's libraries into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@touch $@

$(VENV)/.dev: constraints-dev.txt pyproject.toml $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
