"""Files in a folder: there whole or not at all, on their way while they are checked, gone when they are not kept."""

import errno
import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from foundation import storage

PHOTO = b"\xff\xd8" + bytes(range(256)) * 800


@pytest.fixture
def folder(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "STORAGE", str(tmp_path / "files"))
    with app.app_context():
        yield tmp_path / "files"


def listed(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sha256(content=PHOTO):
    return hashlib.sha256(content).hexdigest()


def key(content=PHOTO):
    return f"{sha256(content)[:2]}/{sha256(content)}"


def keep(content=PHOTO):
    with storage.landing(content) as begun:
        begun.keep(sha256(content))
        begun.wait()


def test_what_is_kept_is_there_under_its_hash_alone(folder):
    keep()
    assert listed(folder) == [key()] and storage.get(sha256()) == PHOTO
    assert (folder / key()).stat().st_mode & 0o777 == 0o600
    keep()  # once more is harmless
    storage.put(PHOTO)
    assert listed(folder) == [key()] and storage.get(sha256()) == PHOTO


def test_it_is_on_its_way_before_anybody_says_that_it_is_kept(folder):
    with storage.landing(PHOTO) as begun:
        begun.wait()
        (name,) = listed(folder)
        assert name.endswith(".part") and (folder / name).read_bytes() == PHOTO
        begun.keep(sha256())
    assert listed(folder) == [key()]


@pytest.mark.parametrize("trouble", [False, True])
def test_what_is_not_kept_is_gone(folder, trouble):
    try:
        with storage.landing(PHOTO):
            if trouble:
                raise ValueError("not as it was sent")
    except ValueError:
        pass
    assert listed(folder) == []
    keep()  # and others go on
    assert listed(folder) == [key()]


def test_beside_another_one_it_is_stored_all_the_same(folder):
    other = PHOTO + b"2"
    with storage.landing(PHOTO) as first, storage.landing(other) as second:
        assert second.folder is None  # it waits for the disk itself
        second.keep(sha256(other))
        first.keep(sha256())
        first.wait()
    assert listed(folder) == sorted([key(), key(other)])
    assert storage.get(sha256(other)) == other


def test_many_at_once(app, folder):
    contents = [PHOTO + bytes([number]) for number in range(24)]
    gate = threading.Barrier(8)

    def work(content):
        gate.wait(20)
        with app.app_context():
            keep(content)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, contents))
    assert listed(folder) == sorted(map(key, contents))


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_is_told_and_nothing_stays(folder, monkeypatch, call):
    def full(*_args):
        raise OSError(errno.ENOSPC, "no space left")

    storage.store_at(str(folder))
    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        with pytest.raises(OSError, match="no space"):
            keep()
        with pytest.raises(OSError, match="no space"):
            storage.put(PHOTO)
    assert not any(name.endswith(".part") or name == key() for name in listed(folder))
    keep()
    assert key() in listed(folder) and storage.get(sha256()) == PHOTO


def test_what_a_crash_left_goes_at_the_next_start_once_it_is_old(folder):
    keep()
    for name, age in (("old", 2 * storage.LEFT_OVER), ("new", 0)):
        part = folder / f"{name}.part"
        part.write_bytes(b"half")
        os.utime(part, (part.stat().st_atime, part.stat().st_mtime - age))
    storage.prepare_folder(folder)
    assert listed(folder) == sorted([key(), "new.part"])


def test_in_memory_it_is_simply_put(app, monkeypatch):
    monkeypatch.setitem(app.config, "STORAGE", "memory://")
    with app.app_context(), storage.landing(PHOTO) as begun:
        assert begun.folder is None and begun.keep(sha256()) == sha256() and storage.get(sha256()) == PHOTO
