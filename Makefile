# Everything a newcomer needs; each target sets up what it needs itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-next lint types check clean

demo: $(VENV)/installed ## set up, read the sample articles, say how to look at them
	@$(BIN)/claims ingest examples
	@echo "(here: $(BIN)/claims serve, then open http://127.0.0.1:8001/)"

test: $(VENV)/installed-test ## set up, run the tests
	$(BIN)/python -m pytest

test-next: $(VENV)-next/installed ## the tests of the pages on the newest Datasette, alphas included
	$(VENV)-next/bin/python -m pytest -q --tb=line tests/test_desk_*.py tests/test_web*.py

lint: $(VENV)/installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-lint
	$(BIN)/mypy

check: lint types test

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-lint: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
	@touch $@ $(VENV)/installed $(VENV)/installed-test

# pyproject.toml asks for a Datasette before 1.0, so that one comes afterwards.
$(VENV)-next/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)-next
	$(VENV)-next/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	$(VENV)-next/bin/python -m pip install --quiet --disable-pip-version-check --pre --upgrade 'datasette>=1.0a0' 2>&1 | grep -v "dependency resolver\|requires datasette" || true
	@touch $@

clean:
	rm -rf $(VENV) $(VENV)-next build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
