"""Every submission among some files, of whatever tool."""

from pathlib import Path

from flask_babel import gettext as _

from foundation.errors import Invalid
from surveys.odk.instances import read_instances
from surveys.odk.sources import Files, gather
from surveys.odk.submissions import Broken, Submission
from surveys.odk.tables import read_tables


def read_submissions(paths: list[Path]) -> tuple[list[Submission | Broken], Files]:
    """The submissions in the order of their files, and the files for their media. Raises Invalid when there is none."""
    files = gather(paths)
    found = [*read_instances(files), *read_tables(files)]
    if not found:
        raise Invalid(_("There is no submission in these files. Give submission.xml with the media beside it, the ZIP "
                        "that ODK Central exports, or KoboToolbox's export with XML values and headings."))
    return found, files
