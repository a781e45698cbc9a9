"""Commands of territory."""

from flask.cli import AppGroup

commands = AppGroup("territory", help="territory")
