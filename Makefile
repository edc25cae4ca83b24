# make run   a sample city, from messy exports to workbooks       make test   all tests that need only Python
VENV   := .venv
PYTHON := $(VENV)/bin/python
BASE   := $(firstword $(foreach version,3.11 3.12 3.13,$(shell command -v python$(version) 2>/dev/null)) python3)
UV     := $(shell command -v uv 2>/dev/null)
ROOMS  := connectors matching checks warehouse reports flows

.PHONY: run test test-system lint bench lock clean

run: $(VENV)/installed-run
	$(VENV)/bin/bangfu demo

test: $(VENV)/installed-dev
	$(PYTHON) -m pytest -n 2 tests

# What needs programs beside Python; installs them from Debian where they are missing.
test-system: $(VENV)/installed-dev
	sh tests/system/install.sh
	$(PYTHON) -m pytest -n 2 --dist loadfile tests/system

lint: $(VENV)/installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: $(VENV)/installed-dev
	$(PYTHON) -m benchmarks.whole_way

# The two lock files name every package with its hashes and no host; commit both.
lock: $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade pyproject.toml -o requirements.lock
	$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	$(BASE) -m venv $(VENV)

# $(1): the lock file. uv where it is there (seconds), pip otherwise (minutes); both check every hash. The lock is
# complete, so nothing is resolved again: pip would ask for a hash of every extra it meets (sqlalchemy[asyncio]).
define install
$(if $(UV),$(UV) pip,$(PYTHON) -m pip) install $(if $(UV),--python $(PYTHON)) --no-deps --require-hashes -r $(1)
$(PYTHON) -m pip install --no-deps --no-build-isolation --editable .
endef

$(VENV)/installed-run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,requirements.lock)
	touch $@

$(VENV)/installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(call install,requirements-dev.lock)
	touch $@ $(VENV)/installed-run

clean:
	rm -rf $(VENV) build *.egg-info
