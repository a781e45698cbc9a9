"""Assembles the application: configuration, extensions, doors. Nothing else."""

from importlib import import_module

from flask import Flask
from flask_migrate import Migrate

from accounts import permissions, signing_in
from foundation import config, db, i18n, logs, memory, web
from operations import checks

DOORS = (  # module, in the order of the layers
    "territory.commands", "accounts.views", "accounts.sync", "accounts.commands", "retail.views", "plan.views",
    "surveys.views", "surveys.sync", "surveys.commands", "certification.views", "progress.views",
    "operations.commands",
)


def create_app(**overrides: object) -> Flask:
    """The application. `overrides` replace configuration values, as tests do."""
    app = Flask(__name__)
    app.config.from_mapping(config.flask_config())
    app.config.update(overrides)
    logs.init_app(app)
    db.init_app(app)
    Migrate(app, db.db, render_as_batch=True)
    signing_in.init_app(app)
    permissions.guard(app)
    web.init_app(app)
    i18n.init_app(app)
    for name in DOORS:
        door = import_module(name)
        for blueprint in getattr(door, "blueprints", ()):
            app.register_blueprint(blueprint)
        for command in getattr(door, "commands", ()):
            app.cli.add_command(command)
        if hasattr(door, "init_app"):
            door.init_app(app)
    web.trust_proxies(app)
    checks.begin(app)
    if not app.testing:
        memory.settle()
    return app
