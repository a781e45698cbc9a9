"""Run every benchmark: `python -m bench`, or some: `python -m bench verify register`."""

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Each module `bench_*.py` has `run()` yielding (what, ratio, target text, ok); 1 when one misses its target."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    missed = 0
    for name in found:
        if names and name.removeprefix("bench_") not in names:
            continue
        for what, ratio, target, ok in importlib.import_module(f"bench.{name}").run():
            missed += not ok
            print(f"{'ok  ' if ok else 'MISS'}  {what:<58} {ratio:>8.2f}   {target}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
