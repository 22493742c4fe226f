# make run: the demo store. make test: every check. make help: the rest.
.DEFAULT_GOAL := help
MINUTES ?= 15

.PHONY: help run test install uninstall deb bench bench-speech hil fuzz sounds pictures looks lock clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: ## set up what is missing and start the demo store (MINUTES=15)
	@tools/setup run
	@.venv/bin/kiosk demo --minutes $(MINUTES)

test: ## set up what is missing and run every check
	@tools/setup test
	@tools/checks

install: ## install the kiosk on this machine, or bring it up to date (as root)
	@tools/install

uninstall: ## take the program away; the site and what the kiosk remembers stay (as root)
	@tools/install --remove

deb: ## make a Debian package for machines of this kind: build/kiosk_*.deb
	@tools/deb

bench: ## measure, and print a table and bench.json (KIOSK_BENCH_MINUTES=10 for the long one)
	@tools/setup test
	@.venv/bin/pytest -m bench tests/bench -s

bench-speech: ## have forty announcements spoken, and heard by a recogniser
	@tools/setup run
	@tools/setup test
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-hearing.lock
	@.venv/bin/pytest -m bench tests/bench/bench_speech.py -s

hil: ## try units, faults and power cuts on a real Debian; writes docs/reliability.md (as root)
	@tools/setup test
	@tools/setup hil
	@KIOSK_HIL=1 .venv/bin/pytest -m hil tests/hil -s

fuzz: ## let hypothesis search for hours in new places (make test looks at the same examples every time)
	@tools/setup test
	@KIOSK_DEEP=1 .venv/bin/pytest -m "hypothesis or walk"

sounds: ## compose and render the demo store's music again
	@tools/setup sounds
	@.venv/bin/python sounds/score/render.py

pictures: ## draw the pictures of the README again
	@tools/setup test
	@.venv/bin/python -m tools.pictures

looks: ## tell which screens look different from how they did (python -m tools.looks --accept agrees to them)
	@tools/setup test
	@.venv/bin/python -m tools.looks

lock: ## choose the versions of the Python packages anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra dev --extra sounds -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra voice -c requirements.lock pyproject.toml -o requirements-voice.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --extra voice --extra hearing -c requirements-voice.lock pyproject.toml -o requirements-hearing.lock

clean: ## remove what was set up and made here
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
