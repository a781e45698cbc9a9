"""The files given to an import: single files, folders, ZIP archives; read one by one, within bounds."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from flask_babel import gettext as _

from foundation.errors import Invalid

MOST_BYTES = 64 * 1024 * 1024  # of one file; a photo or document may have 30 MB, a table more
MOST_FILES = 100_000


@dataclass(frozen=True)
class File:
    """A file somewhere: `path` with forward slashes, `given` unless it only lies beside what was given."""

    path: str
    size: int
    fetch: Callable[[], bytes]
    given: bool = True

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.path).parent)

    def read(self) -> bytes:
        """Its bytes. Raises Invalid when it is too large or cannot be read."""
        if self.size > MOST_BYTES:
            raise Invalid(_("%(file)s is too large: at most %(most)s MB.", file=self.name, most=MOST_BYTES // 1024**2))
        try:
            return self.fetch()
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
            raise Invalid(_("%(file)s cannot be read: export it again, without a password.", file=self.name)) from None


class Files:
    """Everything that was given, and what lies beside."""

    def __init__(self, files: Iterable[File]):
        self.all: list[File] = []
        self.by_name: dict[str, list[File]] = {}
        for file in files:
            if len(self.all) == MOST_FILES:
                raise Invalid(_("More than %(most)s files: import them in parts.", most=MOST_FILES))
            self.all.append(file)
            self.by_name.setdefault(file.name, []).append(file)

    def given(self, *endings: str) -> list[File]:
        """The given files whose names end so, in the order of their paths."""
        found = [file for file in self.all if file.given and file.name.lower().endswith(endings)]
        return sorted(found, key=lambda file: file.path)

    def find_media(self, name: str, folder: str, instance: str) -> list[File]:
        """The files of a submission's attachment: in its own folder, in one named after it, or anywhere.

        More than one is left where several lie equally near.
        """
        found = self.by_name.get(PurePosixPath(name).name, [])
        for near in (lambda file: file.folder == folder, lambda file: instance in file.path,
                     lambda file: file.folder.startswith(folder)):
            if nearer := [file for file in found if near(file)]:
                return nearer
        return found


def gather(paths: Iterable[Path]) -> Files:
    """The files of several paths. Raises Invalid for a path that is not there or an archive that is none."""
    return Files(file for path in paths for file in files_of(path))


def files_of(path: Path) -> Iterator[File]:
    """The files of one path: an archive's members, a folder's files, or a file and what lies beside it."""
    if path.is_dir():
        yield from (on_disk(found) for found in sorted(path.rglob("*")) if found.is_file() and not is_noise(found.name))
    elif not path.is_file():
        raise Invalid(_("There is no file %(file)s.", file=path))
    elif path.suffix.lower() == ".zip":
        yield from members_of(path)
    else:
        yield on_disk(path)
        yield from (on_disk(beside, given=False) for beside in sorted(path.parent.rglob("*"))
                    if beside.is_file() and beside != path)


def on_disk(path: Path, *, given: bool = True) -> File:
    """A file of a folder."""
    return File(path.resolve().as_posix(), path.stat().st_size, path.read_bytes, given)


def members_of(path: Path) -> Iterator[File]:
    """The members of an archive; nothing is unpacked to the disk."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise Invalid(_("%(file)s is not a whole ZIP file: export it again.", file=path.name)) from None
    for member in archive.infolist():
        if not member.is_dir() and not is_noise(PurePosixPath(member.filename).name):
            yield File(f"{path.resolve().as_posix()}/{member.filename}", member.file_size,
                       partial(archive.read, member))


def is_noise(name: str) -> bool:
    """What operating systems leave lying around."""
    return name.startswith(".") or name == "Thumbs.db"
