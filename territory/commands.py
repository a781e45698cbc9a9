"""Commands of territory."""

from flask.cli import AppGroup

group = AppGroup("territory")
commands = [group]
