"""Commands of operations."""

from flask.cli import AppGroup

group = AppGroup("operations")
commands = [group]
