"""What stands in several files stays the same in all of them: variables, dependencies, demo accounts, commands."""

from __future__ import annotations

import ast
import re
import tomllib

from intlcoop.embedded import accounts, places
from intlcoop.operations.demo import ministry
from intlcoop.web.demo import DEMO_PASSWORD

ROOT = places.BASE_DIR


def variables_of_settings() -> set[str]:
    """Names that settings.py reads by env(), env_bool() or env_list()."""
    tree = ast.parse((ROOT / "intlcoop/settings.py").read_text("utf-8"))
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"env", "env_bool", "env_list"}
        and isinstance(call.args[0], ast.Constant)
    }


def test_env_example_lists_every_variable_and_no_other() -> None:
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)

    assert len(listed) == len(set(listed))
    # PORT is read by `make run`, which settings.py does not know.
    assert set(listed) == variables_of_settings() | {"PORT"}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")

    named = {re.split(r"[\[>=<,;~ ]", line)[0].lower() for line in wanted}

    assert named == set(re.findall(r"^- `([a-z0-9-]+)`: \S", reasons, re.MULTILINE))


def test_every_dependency_is_locked_with_hashes_and_without_addresses() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        pinned = re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE)

        assert len(pinned) > 60
        assert "://" not in text
        for block in re.split(r"\n(?=[a-z])", text)[1:]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_makefile_keeps_tests_away_from_a_running_portal() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert re.search(r"^TESTING := \$\(CLEAN\) VAR_DIR=\"\$\(VAR\)/test\"$", makefile, re.MULTILINE)
    for variable in ("DATABASE_URL", "CELERY_BROKER_URL"):
        assert f"-u {variable}" in makefile
    assert "$(TESTING) $(BIN)/python -m pytest" in makefile


def test_the_printed_accounts_are_those_of_the_demo() -> None:
    assert set(accounts.ACCOUNTS) == {row.username for row in ministry.ACCOUNTS}
    assert accounts.PASSWORD == ministry.PASSWORD == DEMO_PASSWORD
    text = accounts.welcome("http://127.0.0.1:8000", ROOT)
    assert all(name in text for name in accounts.ACCOUNTS)
