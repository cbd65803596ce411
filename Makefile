# The face of all chores. `make run` and `make test` need nothing but python3, make and git.

PYTHON ?= python3
DATA ?= ../shared/data
VENV := .venv
SCRIPTS := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
BIN := $(VENV)/$(SCRIPTS)
READY := $(VENV)/.ready
WORDS := $(patsubst %.po,%.mo,$(wildcard resources/words/*.po))
PURE := desktop/hcert/* desktop/wire/* desktop/core/* desktop/services/*

.PHONY: help run test setup system format lint types imports units build selftest crash \
        conformance oracle valuesets words requirements clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

setup: system $(READY) $(WORDS) ## installs what is missing, once

system:
	@PYTHON=$(PYTHON) sh installers/linux/setup.sh

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

resources/words/%.mo: resources/words/%.po $(READY)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

run: setup ## starts the program in training mode with its own central server
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname))$(filter Windows_NT,$(OS)),)
	@echo "There is no display here. Playing the main job on a virtual one; see out/."
	@$(BIN)/python -m tests.e2e.play out
else
	@$(BIN)/tresen --training
endif

test: setup oracle lint types imports units ## everything that must be green

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

units: ## all tests; hcert, wire, core and services stay at 100 % of their branches
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not packaged" --cov --cov-report=
	$(BIN)/coverage report --include="$(subst $(eval ) ,$(comma),$(PURE))" --fail-under=100

comma := ,

build: setup ## the packaged program in dist/tresen
	$(BIN)/python build_spec.py

selftest: setup ## starts the packaged program; fails on any unexpected output
	$(BIN)/python -m pytest -q -m packaged tests/e2e

crash: setup ## kills the program at every write, one by one (long)
	$(BIN)/python -m tests.e2e.crash

oracle: .oracle/.ready ## an independent decoder in an environment of its own

.oracle/.ready: tests/oracle/requirements.txt
	$(PYTHON) -m venv .oracle
	.oracle/$(SCRIPTS)/python -m pip install --quiet --require-hashes -r tests/oracle/requirements.txt
	touch $@

conformance: setup ## our reader against the published HCERT test data
	$(BIN)/python -m tests.oracle.conformance $(DATA)/hcert-testdata

valuesets: setup ## converts the EU's value sets into resources/valuesets
	$(BIN)/python resources/valuesets/convert.py $(DATA)/valuesets

words: setup ## collects the ids of all words and brings them into the catalogues
	$(BIN)/pybabel --quiet extract -k translate -k mark --no-location --sort-output \
	    --omit-header -o build/words.pot desktop
	for language in de en; do \
	    $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header \
	        --width 0 -l $$language -i build/words.pot -o resources/words/$$language.po; \
	done

requirements: ## compiles the pinned requirements (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --extra dev -c requirements/run.txt \
	    pyproject.toml -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links tests/oracle/requirements.in \
	    -o tests/oracle/requirements.txt

clean:
	rm -rf $(VENV) .oracle build dist out
