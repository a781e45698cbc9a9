"""Commands of surveys."""

from flask.cli import AppGroup

group = AppGroup("surveys")
commands = [group]
