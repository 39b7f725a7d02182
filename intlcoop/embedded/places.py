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
    """Where the servers of one VAR_DIR live: in it, or in a folder under /var/tmp that stands in for it."""

    var_dir: Path
    path: Path  # of the database, whose account may not be ours
    broker_path: Path

    @property
    def database(self) -> Path:
        return self.path / "pg"

    @property
    def sockets(self) -> Path:
        return self.path / "run"

    @property
    def broker(self) -> Path:
        return self.broker_path / "broker"

    @property
    def broker_socket(self) -> Path:
        return self.broker_path / "broker.sock"

    @property
    def is_elsewhere(self) -> bool:
        return self.path != self.var_dir


def var_dir() -> Path:
    """VAR_DIR of the environment, or `var` beside manage.py; absolute."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def home(folder: Path | None = None) -> Home:
    """The servers' home for VAR_DIR `folder`. Reads the file system, changes nothing.

    PostgreSQL refuses to run as root, so root's server runs as `nobody`, who may be unable to enter a clone that lies
    in a private folder: the database then lives under /var/tmp. A path too long for a socket's address moves both.
    """
    folder = (folder or var_dir()).resolve()
    fits = len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= LONGEST_ADDRESS
    plain = not set(str(folder)) & set(",'\"\\\n")
    digest = hashlib.sha256(f"{os.geteuid()}:{folder}".encode()).hexdigest()[:16]
    stand_in = SHARED_FOLDER / f"intlcoop-{digest}"
    if not (fits and plain):
        return Home(folder, stand_in, stand_in)
    may_enter = can_enter(folder, account_for(folder / "pg"))
    return Home(folder, folder if may_enter else stand_in, folder)


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


def make_home(place: Home, data: Path, forget: Callable[[], None]) -> None:
    """Create what holds the folder `data` of a server.

    When that is a stand-in for a VAR_DIR that was deleted meanwhile, `forget` ends the old server and its data are set
    aside, so that deleting VAR_DIR always means a fresh start.
    """
    _make_var_dir(place)
    if data.parent == place.var_dir:
        return
    make_folder(data.parent, 0o711)
    token = place.var_dir / "servers-elsewhere"
    if not token.exists():
        token.write_text(f"{data.parent}\n{secrets.token_hex(8)}\n", encoding="utf-8")
    twin = data.with_suffix(".belongs")
    if twin.exists() and twin.read_text(encoding="utf-8") != token.read_text(encoding="utf-8") and data.exists():
        forget()
        aside = data.with_suffix(".old")
        shutil.rmtree(aside, ignore_errors=True)
        data.rename(aside)
    twin.write_text(token.read_text(encoding="utf-8"), encoding="utf-8")


def _make_var_dir(place: Home) -> None:
    if not place.var_dir.exists():
        place.var_dir.parent.mkdir(parents=True, exist_ok=True)
        # Others may pass through (the server's account must), but not look around.
        make_folder(place.var_dir, 0o711)


@contextmanager
def only_one(place: Home, patience: float = 90) -> Iterator[None]:
    """Hold the lock of this home, so that of many processes that start at once one starts the servers.

    The lock lies in VAR_DIR, which every process of this copy can write. Raises EmbeddedServerError after `patience`
    seconds.
    """
    _make_var_dir(place)
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
