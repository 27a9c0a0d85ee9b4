# Kế Hoạch Số. Two commands to begin with:  make run   make test
# Another Python than python3:  make setup PYTHON=python3.12

V := .venv/bin/python
CATALOGUE := resources/locale/en/LC_MESSAGES/kehoachso.po
UV := 0.13.8

.PHONY: help setup setup-dev run check test bench torture build screenshots format messages lock clean distclean

help:
	@echo 'make run          set up, and open the window on the sample plan (no display: the same work headless)'
	@echo 'make test         set up, and run every check and test'
	@echo 'make setup        set up only; then .venv/bin/python main.py works'
	@echo 'make check        ruff and mypy only'
	@echo 'make bench        measure the speeds promised'
	@echo 'make torture      try to break what docs/reliability.md promises (takes long)'
	@echo 'make build        the program as one folder, in dist/'
	@echo 'make screenshots  pictures of the window, into docs/'
	@echo 'make format       put the code into shape'
	@echo 'make messages     collect texts for translation'
	@echo 'make lock         pin requirements anew (UPGRADE=1: newest versions)'
	@echo 'make clean        remove what was made (distclean: .venv too)'

setup:
	@sh scripts/setup.sh run

setup-dev:
	@sh scripts/setup.sh dev

run: setup
	@PYTHONPATH='$(CURDIR)' $(V) scripts/run_sample.py

check: setup-dev
	$(V) -m ruff check --quiet .
	$(V) -m ruff format --check --quiet .
	$(V) -m mypy

test: check
	QT_QPA_PLATFORM=offscreen $(V) -m pytest

bench: setup-dev
	@$(V) -m tests.benchmarks

torture: setup-dev
	@QT_QPA_PLATFORM=offscreen $(V) -m tests.torture

build: setup-dev
	@echo 'Building the program (about a minute) …'
	@$(V) -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller pyinstaller.spec
	@echo 'Trying it from another folder, without Python …'
	@$(V) scripts/try_build.py
	@echo 'The program lies in dist/.'

screenshots: setup-dev
	@PYTHONPATH='$(CURDIR)' $(V) scripts/screenshots.py

format: setup-dev
	$(V) -m ruff check --fix-only --quiet .
	$(V) -m ruff format --quiet .

# Texts are Vietnamese in the code; a text that changed is translated anew, never guessed from a similar one.
messages: setup-dev
	@mkdir -p build $(dir $(CATALOGUE))
	@$(V) -m babel.messages.frontend --quiet extract --mapping-file babel.cfg --keywords _ --keywords N_ \
		--project ke-hoach-so --copyright-holder 'Kế Hoạch Số contributors' \
		--add-location file --sort-output --width 120 --output-file build/kehoachso.pot .
	@test -f $(CATALOGUE) || $(V) -m babel.messages.frontend --quiet init --locale en --width 120 \
		--input-file build/kehoachso.pot --output-file $(CATALOGUE)
	@$(V) -m babel.messages.frontend --quiet update --locale en --width 120 --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date --input-file build/kehoachso.pot --output-file $(CATALOGUE)

# One lock for every system and for Python 3.11 and later.
lock:
	@test -x build/uv/bin/uv || { python3 -m venv build/uv && build/uv/bin/python -m pip install --quiet --quiet uv==$(UV); }
	@for name in requirements requirements-dev; do \
		build/uv/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
			$(if $(UPGRADE),--upgrade) --output-file $$name.txt $$name.in || exit 1; \
	done

clean:
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f resources/locale/*/LC_MESSAGES/*.mo

distclean: clean
	@rm -rf .venv
