"""Photos and documents by their SHA-256: one interface for a folder and a bucket. What is stored never changes."""

import contextlib
import hashlib
import os
import tempfile
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
    Path(address).mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(address)


def key_for(sha256: str) -> str:
    """Two levels of folders, so that none grows too wide."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(content: bytes) -> str:
    """Store bytes once; returns their SHA-256. Storing the same bytes again is harmless.

    They are on the disk when it returns: a receipt may rest on it.
    """
    sha256, address = hashlib.sha256(content).hexdigest(), current_app.config["STORAGE"]
    store = store_at(address)
    if isinstance(store, LocalStore):
        write_durably(Path(address), key_for(sha256), content)
    else:
        with contextlib.suppress(AlreadyExistsError):
            store.put(key_for(sha256), content, mode="create")
    return sha256


def write_durably(root: Path, key: str, content: bytes) -> None:
    """A file that is there whole or not at all, also after a power cut; one that is there stays."""
    path = root / key
    if path.exists():
        return
    made = [folder for folder in (path.parent.parent, path.parent) if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
    for folder in {path.parent, *(one.parent for one in made)}:
        sync_folder(folder)


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
