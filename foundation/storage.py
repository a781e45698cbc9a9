"""Photos and documents by their SHA-256: one interface for a folder and a bucket. What is stored never changes."""

import contextlib
import hashlib
import os
import secrets
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from flask import current_app
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, MemoryStore, S3Store

from foundation import clock
from foundation.errors import NotFound

IDLE = threading.Lock()  # held by the request for which the thread of `disk` waits

Answers = SimpleQueue[OSError | None]
LEFT_OVER = 24 * 3600  # seconds; nothing is on its way for so long


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
    """The folder of the store and the 256 in it, once: no photo has to wait for its own. What a crash left goes."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in range(256):
        (root / f"{number:02x}").mkdir(exist_ok=True, mode=0o700)
    sync_folder(root)
    for unfinished in root.glob("*.part"):
        with contextlib.suppress(FileNotFoundError):  # other workers look too
            if clock.now().timestamp() - unfinished.stat().st_mtime > LEFT_OVER:
                unfinished.unlink()


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


@cache
def disk() -> SimpleQueue:
    """What a thread of its own waits for, one file or folder after the other; it starts with the first."""
    asked: SimpleQueue[tuple[int, Answers]] = SimpleQueue()

    def work() -> None:
        while True:
            handle, told = asked.get()
            try:
                os.fsync(handle)
                told.put(None)
            except OSError as trouble:
                told.put(trouble)

    threading.Thread(target=work, daemon=True, name="disk").start()
    return asked


class Landing:
    """Bytes on their way into the store: in a folder the disk takes them while they are being checked.

    Another thread does nothing but wait for the disk. Where it is busy with another request, this one waits itself.
    """

    def __init__(self, content: bytes):
        self.content = content
        address = current_app.config["STORAGE"]
        self.folder = address if isinstance(store_at(address), LocalStore) and IDLE.acquire(blocking=False) else None
        self.unfinished = f"{self.folder}/{secrets.token_hex(16)}.part"
        self.handles: list[int] = []  # being brought to the disk, or there
        self.told: Answers = SimpleQueue()  # one for each
        self.waited = 0
        if self.folder:
            try:
                self.begin()
            except BaseException:
                self.end()
                raise

    def begin(self) -> None:
        """Write them under no name that anybody looks for, and have the disk take them."""
        file = os.open(self.unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            write_all(file, self.content)
        finally:
            self.sync(file)

    def sync(self, handle: int) -> None:
        """Have a file or folder brought to the disk."""
        self.handles.append(handle)
        disk().put((handle, self.told))

    def keep(self, sha256: str) -> str:
        """Store them under their SHA-256, which comes back; they are on the disk after `wait`."""
        if self.folder:
            self.wait()
            path = f"{self.folder}/{key_for(sha256)}"
            Path(self.unfinished).rename(path)  # one that has the name already is the same
            self.unfinished = ""
            self.sync(os.open(Path(path).parent, os.O_RDONLY))
        else:
            put(self.content, sha256)
        return sha256

    def wait(self) -> None:
        """Until the disk has what was begun. Raises what went wrong."""
        while self.waited < len(self.handles):
            trouble = self.told.get()
            self.waited += 1
            if trouble:
                raise trouble

    def end(self) -> None:
        """Forget them, unless they were kept."""
        if self.folder:
            for handle in self.handles:
                if self.waited < len(self.handles):
                    self.told.get()
                    self.waited += 1
                os.close(handle)
            if self.unfinished:
                Path(self.unfinished).unlink(missing_ok=True)
            IDLE.release()


@contextlib.contextmanager
def landing(content: bytes) -> Iterator[Landing]:
    """Begin to store bytes that may prove to be none of ours: what is not kept in the block is dropped."""
    begun = Landing(content)
    try:
        yield begun
    finally:
        begun.end()


def write_durably(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, also after a power cut; one that is there stays."""
    if path.exists():
        return
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")  # written over after a crash
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        write_all(file, content)
        os.fsync(file)
    finally:
        os.close(file)
    unfinished.rename(path)
    sync_folder(path.parent)


def write_all(file: int, content: bytes) -> None:
    """All of it, in as many pieces as the system takes."""
    left = memoryview(content)
    while left:
        left = left[os.write(file, left):]


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
