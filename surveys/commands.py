"""Commands of surveys."""

from flask.cli import AppGroup

commands = AppGroup("surveys", help="surveys")
