"""Where do CSS and JavaScript of others come from, and under which names are all static files served?

Bootstrap's files come from the package `bootstrap-wrapper`, htmx from django-htmx. Nothing of others is committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

VENDOR = "vendor/bootstrap/"
FILES = {
    f"{VENDOR}bootstrap.min.css": ("bootstrap", "css/bootstrap.min.css"),
    f"{VENDOR}bootstrap.bundle.min.js": ("bootstrap", "js/bootstrap.bundle.min.js"),
}
SOURCE_MAP = re.compile(rb"(?m)^/[/*][#@] sourceMappingURL=.*$")


def package_folder(package: str) -> Path:
    """The folder of an installed package, also of one without `__init__`. Raises LookupError when it is missing."""
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        return Path(place)
    raise LookupError(f"The package {package!r} is not installed.")


class PackageStorage(FileSystemStorage):
    """The named files of packages, without the pointer to a source map that we do not ship."""

    prefix = ""

    def path(self, name: str) -> str:
        package, inside = FILES[name.replace("\\", "/")]
        return str(package_folder(package) / inside)

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(SOURCE_MAP.sub(b"", Path(self.path(name)).read_bytes()), name=name)


class PackageFinder(BaseFinder):
    storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [self.storage.path(path)] if path in FILES else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, PackageStorage]]:
        for name in FILES:
            yield name, self.storage


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies after `collectstatic`; plain names where nothing was collected (tests)."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
