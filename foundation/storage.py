"""Photos and documents by their SHA-256: one interface for a folder and a bucket. What is stored never changes."""

import contextlib
import hashlib
import os
import threading
from functools import cache
from pathlib import Path

from flask import current_app
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, MemoryStore, S3Store

from foundation.errors import NotFound


@cache
def store_at(address: str):
    """The store behind an address: a folder, `memory://`, or `s3://bucket/prefix`."""
    if address == "memory://":
        return MemoryStore()
    if address.startswith("s3://"):
        return S3Store.from_url(address)
    prepare_folder(Path(address))
    return LocalStore(address)


def prepare_folder(root: Path) -> None:
    """The folder of the store and the 256 in it, once: no photo has to wait for its own."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in range(256):
        (root / f"{number:02x}").mkdir(exist_ok=True, mode=0o700)
    sync_folder(root)


def key_for(sha256: str) -> str:
    """256 folders, so that none grows too wide."""
    return f"{sha256[:2]}/{sha256}"


def put(content: bytes, sha256: str | None = None) -> str:
    """Store bytes once; returns their SHA-256, worked out unless it is given. The same bytes again are harmless.

    They are on the disk when it returns: a receipt may rest on it.
    """
    sha256, address = sha256 or hashlib.sha256(content).hexdigest(), current_app.config["STORAGE"]
    store = store_at(address)
    if isinstance(store, LocalStore):
        write_durably(Path(address, key_for(sha256)), content)
    else:
        with contextlib.suppress(AlreadyExistsError):
            store.put(key_for(sha256), content, mode="create")
    return sha256


def write_durably(path: Path, content: bytes) -> None:
    """A file under the name of its content, whole and on the disk when this returns.

    It has its name before it is whole, which spares one of two waits: nothing may name it, or look for it, before this
    has returned. A crash on the way leaves a part of it, until somebody brings the same bytes again.
    """
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        write_again(path, content)
    else:
        fill(file, content)
    sync_folder(path.parent)


def write_again(path: Path, content: bytes) -> None:
    """The same for a name that is taken: by the very bytes, also on their way, or by what a crash left of them."""
    if path.read_bytes() == content:
        fill(os.open(path, os.O_RDONLY), b"")
        return
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")  # written over after a crash
    fill(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), content)
    unfinished.rename(path)


def fill(file: int, content: bytes) -> None:
    """Write into an open file, in as many pieces as the system takes; what is in it is on the disk when it closes.

    A full disk gets its space back. The name stays: it may be somebody else's by now.
    """
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left):]
        os.fsync(file)
    except OSError:
        if left:
            os.ftruncate(file, 0)
        raise
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """What the folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def get(sha256: str) -> bytes:
    """The stored bytes. Raises NotFound when they are gone."""
    try:
        return bytes(store_at(current_app.config["STORAGE"]).get(key_for(sha256)).bytes())
    except FileNotFoundError:
        raise NotFound(f"The stored file {sha256[:12]}… is missing. Restore it from the backup.") from None
