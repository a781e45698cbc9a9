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
    make_folders(Path(address))
    return LocalStore(address)


def make_folders(root: Path) -> None:
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
    """A file that is there whole or not at all, also after a power cut; one that is there stays."""
    if path.exists():
        return
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")  # written over after a crash
    with unfinished.open("wb", buffering=0) as file:
        left = memoryview(content)
        while left:
            left = left[file.write(left):]
        os.fsync(file.fileno())
    unfinished.rename(path)
    sync_folder(path.parent)


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
