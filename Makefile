.DEFAULT_GOAL := help
.PHONY: help run test check bench setup shell messages clean

PYTHON := .venv/bin/python

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: ## set up what is missing and run the portal with demo data; Ctrl-C stops it
	@scripts/setup.sh run
	@exec $(PYTHON) -m laocai_nscl.run

test: ## set up what is missing and run the whole test suite
	@scripts/setup.sh test
	@$(PYTHON) -m pytest -n 2 --dist worksteal --quiet

check: ## style, types, layers, migrations and deployment settings
	@scripts/setup.sh check
	@scripts/check.sh

bench: ## measure against peers and floors; data of its own
	@scripts/setup.sh test
	@$(PYTHON) -m bench

setup: ## only set up what run, test and check need
	@scripts/setup.sh test

shell: ## open Django's shell
	@scripts/setup.sh run
	@$(PYTHON) manage.py shell

messages: ## collect the texts of the screen for translation and compile the catalogue
	@scripts/setup.sh run
	@$(PYTHON) manage.py makemessages --locale=vi --no-location --no-obsolete --ignore=node_modules --ignore=tests
	@scripts/setup.sh run

clean: ## remove what set-up, run and tests have built; the data stays
	rm -rf .venv node_modules static/dist var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name '*.mo' -delete
