"""Where the embedded servers keep their data and sockets, and as whom they run. Nothing here starts anything."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
# A Unix socket's address holds 108 bytes with the closing zero; the longest name under a home is this one.
LONGEST_SOCKET_NAME = "run/.s.PGSQL.5432.lock"
LONGEST_ADDRESS = 106
SHARED_FOLDER = Path("/var/tmp")  # noqa: S108 - survives a restart, and everybody may enter it


class EmbeddedServerError(RuntimeError):
    """An embedded server cannot be started or stopped; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that a server runs as."""

    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        return self.uid == os.geteuid()


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one copy's servers: `path` is VAR_DIR itself, or a folder under /var/tmp that stands in for it."""

    var_dir: Path
    path: Path

    @property
    def database(self) -> Path:
        return self.path / "pg"

    @property
    def broker(self) -> Path:
        return self.path / "broker"

    @property
    def sockets(self) -> Path:
        return self.path / "run"

    @property
    def broker_socket(self) -> Path:
        return self.path / "broker.sock"

    @property
    def is_elsewhere(self) -> bool:
        return self.path != self.var_dir


def var_dir() -> Path:
    """VAR_DIR of the environment, or `var` beside manage.py; absolute."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def home(folder: Path | None = None) -> Home:
    """The servers' home for VAR_DIR `folder`. Reads the file system, changes nothing.

    PostgreSQL refuses to run as root, so root's server runs as `nobody`, who may be unable to enter a clone that lies
    in a private folder; and a socket's address may be too long. Both move the home to /var/tmp.
    """
    folder = (folder or var_dir()).resolve()
    fits = len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= LONGEST_ADDRESS
    plain = not set(str(folder)) & set(",'\"\\\n")
    if fits and plain and can_enter(folder, account_for(folder / "pg")):
        return Home(folder, folder)
    digest = hashlib.sha256(f"{os.geteuid()}:{folder}".encode()).hexdigest()[:16]
    return Home(folder, SHARED_FOLDER / f"intlcoop-{digest}")


def account_for(data: Path) -> Account:
    """Who runs the server of `data`: ourselves; for root the owner of existing data, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        owner = data.stat()
    except OSError:
        owner = None
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def can_enter(folder: Path, account: Account) -> bool:
    """Whether `account` may pass through `folder` and all above it. What does not exist yet will be ours to open."""
    if account.is_self:
        return True
    for place in (folder, *folder.parents):
        try:
            status = place.stat()
        except FileNotFoundError:
            continue
        if status.st_uid == account.uid:
            allowed = status.st_mode & stat.S_IXUSR
        elif status.st_gid == account.gid:
            allowed = status.st_mode & stat.S_IXGRP
        else:
            allowed = status.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True


def make_folder(path: Path, mode: int, account: Account | None = None) -> None:
    """Create `path` with exactly this mode, whatever the umask; an existing folder must be ours or the account's."""
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        owner = path.lstat()
        ours = {os.geteuid(), account.uid if account else os.geteuid()}
        if owner.st_uid not in ours or not stat.S_ISDIR(owner.st_mode):
            raise EmbeddedServerError(f"{path} belongs to somebody else; remove it or set VAR_DIR.") from None
        return
    path.chmod(mode)
    if account and not account.is_self:
        os.chown(path, account.uid, account.gid)


def make_home(place: Home, forget: Callable[[Home], None]) -> None:
    """Create the home. When it stands in for a VAR_DIR that was deleted meanwhile, `forget` ends its servers and the
    old data are set aside, so that deleting VAR_DIR always means a fresh start."""
    if not place.var_dir.exists():
        place.var_dir.parent.mkdir(parents=True, exist_ok=True)
        # Others may pass through (the server's account must), but not look around.
        make_folder(place.var_dir, 0o711)
    if not place.is_elsewhere:
        return
    make_folder(place.path, 0o711)
    token = place.var_dir / "servers-elsewhere"
    if not token.exists():
        token.write_text(f"{place.path}\n{secrets.token_hex(8)}\n", encoding="utf-8")
    twin = place.path / token.name
    if twin.exists() and twin.read_text(encoding="utf-8") != token.read_text(encoding="utf-8"):
        forget(place)
        aside = place.path.with_name(f"{place.path.name}-old")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        for name in (place.database.name, place.broker.name):
            if (place.path / name).exists():
                (place.path / name).rename(aside / name)
    twin.write_text(token.read_text(encoding="utf-8"), encoding="utf-8")


@contextmanager
def only_one(place: Home, patience: float = 90) -> Iterator[None]:
    """Hold the lock of this home, so that of many processes that start at once one starts the servers.

    The lock lies in VAR_DIR, which every process of this copy can write. Raises EmbeddedServerError after `patience`
    seconds.
    """
    if not place.var_dir.exists():
        place.var_dir.parent.mkdir(parents=True, exist_ok=True)
        make_folder(place.var_dir, 0o711)
    descriptor = os.open(place.var_dir / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedServerError(f"Another process holds {place.var_dir}/servers.lock.") from None
                time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)
