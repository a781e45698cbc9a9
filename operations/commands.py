"""Commands of operations."""

from flask.cli import AppGroup

commands = AppGroup("operations", help="operations")
