"""Files in a folder under the hash of what is in them: whole and on the disk once stored, whatever was there before."""

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
        storage.store_at(app.config["STORAGE"])
        yield tmp_path / "files"


@pytest.fixture
def synced(folder, monkeypatch):
    """What has been brought to the disk, in order: the content of each file, the name of each folder."""
    done, fsync = [], os.fsync

    def note(handle):
        fsync(handle)
        number = os.fstat(handle).st_ino
        path = next(path for path in folder.rglob("*") if path.stat().st_ino == number)
        done.append(path.name if path.is_dir() else path.read_bytes())

    monkeypatch.setattr(os, "fsync", note)
    return done


def listed(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sha256(content=PHOTO):
    return hashlib.sha256(content).hexdigest()


def key(content=PHOTO):
    return f"{sha256(content)[:2]}/{sha256(content)}"


def test_what_is_stored_is_there_under_its_hash_alone(folder, synced):
    assert storage.put(PHOTO) == sha256()
    assert listed(folder) == [key()] and storage.get(sha256()) == PHOTO
    assert (folder / key()).stat().st_mode & 0o777 == 0o600
    assert synced == [PHOTO, sha256()[:2]]


def test_the_same_again_waits_for_the_disk_too(folder, synced):
    """Whoever brought it first may still be waiting."""
    storage.put(PHOTO)
    place = (folder / key()).stat().st_ino
    synced.clear()
    storage.put(PHOTO)
    assert synced == [PHOTO, sha256()[:2]] and listed(folder) == [key()]
    assert (folder / key()).stat().st_ino == place


@pytest.mark.parametrize("left", [b"", PHOTO[:1000], bytes(len(PHOTO))])
def test_what_a_crash_left_of_it_is_written_anew(folder, synced, left):
    (folder / key()).write_bytes(left)
    storage.put(PHOTO)
    assert listed(folder) == [key()] and storage.get(sha256()) == PHOTO
    assert synced == [PHOTO, sha256()[:2]]


def test_many_at_once_some_of_them_the_same(app, folder):
    contents = [PHOTO + bytes([number % 12]) for number in range(48)]
    gate = threading.Barrier(8)

    def work(content):
        gate.wait(20)
        with app.app_context():
            assert storage.put(content) == sha256(content)
            assert storage.get(sha256(content)) == content

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, contents))
    assert listed(folder) == sorted(set(map(key, contents)))


def test_a_full_disk_is_told_and_gets_its_space_back(folder, monkeypatch):
    write = os.write

    def full(handle, content):
        if len(content) > 100:
            return write(handle, content[:100])
        raise OSError(errno.ENOSPC, "no space left")

    for content in (PHOTO[:150], PHOTO):
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", full)
            with pytest.raises(OSError, match="no space"):
                storage.put(content)
        assert (folder / key(content)).stat().st_size == 0
        storage.put(content)
        assert storage.get(sha256(content)) == content


def test_a_disk_that_does_not_take_it_is_told(folder, monkeypatch):
    def broken(_handle):
        raise OSError(errno.EIO, "the disk is broken")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(OSError, match="broken"):
            storage.put(PHOTO)
        with pytest.raises(OSError, match="broken"):
            storage.put(PHOTO)  # what seems to be there is not taken for it
    storage.put(PHOTO)
    assert listed(folder) == [key()] and storage.get(sha256()) == PHOTO


def test_in_memory_it_is_simply_put(app, monkeypatch):
    monkeypatch.setitem(app.config, "STORAGE", "memory://")
    with app.app_context():
        assert storage.put(PHOTO) == sha256() and storage.get(sha256()) == PHOTO
