"""Says in one line what happens to the browser tests on this machine. Fails where CI=true and chromium is missing.

    python -m operations.chromium
"""

import os
import shutil
import sys


def find() -> str | None:
    """Path of Debian's chromium, or None."""
    return shutil.which("chromium")


def main() -> int:
    """0 when the tests may go on."""
    if find():
        return 0
    if os.environ.get("CI") == "true":
        print("Browser tests need Debian's chromium: apt-get install chromium", file=sys.stderr)
        return 1
    print("Browser tests are skipped: Debian's chromium is not installed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
