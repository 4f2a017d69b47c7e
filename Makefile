# Everything a newcomer needs; each target sets up what it needs itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types check clean

demo: $(VENV)/installed ## set up, read the sample article, say how to look at it
	@$(BIN)/claims ingest examples/harbour-drill.txt
	@echo "(here: $(BIN)/claims serve, then open http://127.0.0.1:8001/)"

test: $(VENV)/installed-test ## set up, run the tests
	$(BIN)/python -m pytest

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

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
