# Two commands for a newcomer: `make run` and `make test`. Both make everything they need first.
# VAR_DIR=... puts database, broker and files elsewhere; PORT=... moves the web; TESTS=... names some tests.

PYTHON ?= python3
BIN := .venv/bin
VAR := $(or $(VAR_DIR),$(CURDIR)/var)

# The tests and checks must never meet the servers of a running portal, nor the ones that a shell points at.
CLEAN := env -u DATABASE_URL -u DATABASE_URL_FILE -u CELERY_BROKER_URL -u CELERY_BROKER_URL_FILE -u DEMO -u DEBUG -u PORT
TESTING := $(CLEAN) VAR_DIR="$(VAR)/test"
# Settings as in production, with servers that nobody asks.
PRODUCTION := $(CLEAN) VAR_DIR="$(VAR)/check" EMBEDDED=0 DATABASE_URL=postgresql://nobody@127.0.0.1:1/none \
	CELERY_BROKER_URL=redis://127.0.0.1:1/0 ALLOWED_HOSTS=portal.invalid PUBLIC_URL=https://portal.invalid \
	SECRET_KEY=only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH TRUSTED_PROXY_COUNT=1

.PHONY: run test check bootstrap stop bootstrap-tests check-style check-types check-imports check-templates \
	check-migrations check-catalogue check-deploy

run: bootstrap
	@exec $(BIN)/python -m intlcoop.embedded.serve

bootstrap:
	@$(PYTHON) intlcoop/embedded/bootstrap.py

bootstrap-tests:
	@$(PYTHON) intlcoop/embedded/bootstrap.py --tests

# Everything is tried, so that one run names all that is wrong.
test: bootstrap-tests
	@trap '$(TESTING) $(BIN)/python -m intlcoop.embedded stop' EXIT; trap 'exit 130' INT TERM; failed=0; \
	$(MAKE) --no-print-directory --keep-going check || failed=1; \
	$(TESTING) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS) || failed=1; \
	exit $$failed

check: check-style check-types check-imports check-templates check-migrations check-catalogue check-deploy

check-style: bootstrap-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check

check-types: bootstrap-tests
	$(PRODUCTION) $(BIN)/mypy .

check-imports: bootstrap-tests
	$(BIN)/lint-imports

check-templates: bootstrap-tests
	$(BIN)/djlint templates --lint --quiet

check-migrations: bootstrap-tests
	$(PRODUCTION) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

check-catalogue: bootstrap-tests
	$(PRODUCTION) $(BIN)/python manage.py check_catalogue

check-deploy: bootstrap-tests
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

stop:
	@test ! -x $(BIN)/python || $(BIN)/python -m intlcoop.embedded stop
