# perfxl. On a fresh machine with Python 3.11 or later, its venv module and make: `make demo`, `make test`.
# Everything is installed into .venv from the lock file, whose hashes are checked; nothing outside this folder changes.

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
READY := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types samples screenshots rules rule templates benchmark benchmark-exe exe windows-exe e2e lock clean

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: $(READY) ## run the main job on the bundled samples, into demo-output/
	$(PYTHON) -m perfxl demo -o demo-output

test: lint types ## lint, type-check and run all tests
	$(PYTHON) -m pytest -n auto --dist loadfile

lint: $(READY) ## ruff: rules and format
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format: $(READY) ## ruff: put the code into the house format
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

types: $(READY) ## mypy, strict
	$(PYTHON) -m mypy --strict perfxl

screenshots: $(READY) ## draw the pictures of the window in docs/images
	$(PYTHON) -m tools.screenshots

samples: $(READY) ## build the sample workbooks anew from their transcriptions
	$(PYTHON) -m samples.build

rules: $(READY) ## write docs/rules/ anew from the rules' docstrings
	$(PYTHON) -m tools.rule_pages

rule: $(READY) ## begin a rule: make rule CODE=PX213 NAME=rate_is_missing
	$(PYTHON) -m tools.new_rule $(CODE) $(NAME)

benchmark: $(READY) ## measure against openpyxl, into benchmarks/RESULTS.md
	$(PYTHON) -m benchmarks

benchmark-exe: ## measure size and start of the Windows executables under Wine, into benchmarks/EXECUTABLES.md
	tools/windows/session.sh wine build/wine/python/python.exe -m benchmarks.executables dist/windows

exe: $(READY) ## build the executables of this platform, one file and a folder, into dist/
	PYINSTALLER_CONFIG_DIR=build/pyinstaller PYTHONHASHSEED=1 \
	    $(PYTHON) -m PyInstaller --noconfirm --log-level ERROR build.spec

windows-exe: $(READY) ## build the Windows executables under Wine, into dist/windows/ (see tools/windows)
	tools/windows/build.sh

e2e: $(READY) ## drive the executables that were built from outside, as a person would (see tools/e2e)
	tools/e2e/run.sh

# --no-config and the fixed comment keep any machine's own package sources and paths out of the files.
UV = $(PYTHON) -m uv pip compile --no-config --quiet --upgrade --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" pyproject.toml
UV_COMPILE = $(UV) --universal
UV_COMPILE_WINDOWS = $(UV) tools/windows/requirements.in --python-platform x86_64-pc-windows-msvc

lock: $(READY) ## lock the newest versions, with hashes for all platforms
	$(UV_COMPILE) --output-file requirements.lock
	$(UV_COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@# The same versions for the Windows executable, but for those that tools/windows/requirements.in holds back.
	sed -n 's/^\([A-Za-z0-9._-]*==.*[^ \\]\) *\\*$$/\1/p' requirements-dev.lock | grep -vE '^(numpy|pandas)==' | \
	    $(UV_COMPILE_WINDOWS) --constraint /dev/stdin --output-file requirements-windows.lock

clean: ## remove everything that was made here, .venv too
	rm -rf .venv build dist demo-output .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The set-up, in two steps, each repeated only when the file it rests on has changed.

.venv/.locked: requirements-dev.lock
	@found=; \
	for candidate in python3.13 python3.12 python3.11 python3 python3.14; do \
	    if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        found=$$candidate; break; \
	    fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "perfxl needs Python 3.11 or later with its venv module (Debian, Ubuntu: apt-get install python3 python3-venv)." >&2; \
	    exit 1; \
	fi; \
	echo "Setting up .venv with $$($$found --version) ..."; \
	"$$found" -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

$(READY): .venv/.locked pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@# Compiled here, as an installed package would be, even where Python is told to write no bytecode.
	@$(PYTHON) -m compileall -q perfxl
	@touch $@
