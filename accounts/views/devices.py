"""The devices people survey with: one's own, for scripts and on a page; everybody's, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts import actions, queries
from accounts.forms import DeviceForm
from accounts.models import Device
from accounts.permissions import Permission, requires
from accounts.signing_in import has_signed_in_since
from accounts.views.blueprint import bp
from foundation import clock
from foundation.db import db
from foundation.errors import RuleBroken
from foundation.signing import jwks
from foundation.web import answer_json, asked_number, for_scripts


@bp.get("/account/devices")
@requires(Permission.SIGNED_IN)
def list_own_devices():
    """They stand on the page of the account."""
    return redirect(url_for("accounts.show_account", _anchor="devices"))


@bp.post("/account/devices")
@for_scripts
@requires(Permission.SURVEY)
def issue_device():
    """Enrol this browser for the signed-in person: its token, told only now, and the secret that opens its store."""
    body = request.get_json(silent=True)
    name = body.get("name") if isinstance(body, dict) else ""
    device, token = actions.issue_device(queries.get_user(current_user.id), name=str(name or ""), by=current_user,
                                         at=clock.now())
    return enrolled(device, token)


@bp.post("/account/devices/<int:device_id>/token")
@for_scripts
@requires(Permission.SURVEY)
def renew_token(device_id: int):
    """A new token for an own device whose token ended with a session; its secret stays what it was."""
    device = queries.get_device(device_id, of=current_user.id)
    return enrolled(device, actions.renew_token(device, by=current_user, at=clock.now()))


def enrolled(device: Device, token: str):
    """What a device is told when it gets a token; with the keys that receipts are signed with."""
    answer = {"id": device.id, "token": token, "secret": device.secret, "person": device.user_id, "keys": jwks()}
    db.session.commit()
    return answer_json(201, **answer)


@bp.get("/account/devices/<int:device_id>/secret")
@for_scripts
@requires(Permission.SIGNED_IN)
def show_secret(device_id: int):
    """What opens the store of an own device, while signed in: for its owner alone.

    Once it is revoked, only to whoever has given the password since: on a lost tablet a session may still stand.
    """
    device = queries.get_device(device_id, of=current_user.id)
    if device.revoked_at and not has_signed_in_since(device.revoked_at):
        raise RuleBroken(_("This tablet was revoked. Its owner signs in again to open what is stored on it."))
    return answer_json(secret=device.secret)


@bp.route("/account/devices/<int:device_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit_device(device_id: int):
    """An own device: its name, what it last said, how to revoke it."""
    device = queries.get_device(device_id, of=current_user.id)
    form = DeviceForm(obj=device)
    if form.validate_on_submit():
        with form.refusing():
            actions.rename_device(device, form.name.data, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("Saved: %(name)s.", name=device.name))
            return redirect(url_for("accounts.show_account", _anchor="devices"))
    page = render_template("accounts/edit_device.html", device=device, form=form, now=clock.now())
    return page, 422 if form.is_submitted() else 200


@bp.post("/account/devices/<int:device_id>/revocation")
@requires(Permission.SIGNED_IN)
def revoke_device(device_id: int):
    """Revoke an own device."""
    revoke(queries.get_device(device_id, of=current_user.id))
    return redirect(url_for("accounts.show_account", _anchor="devices"))


def revoke(device: Device) -> None:
    """End a device and say so."""
    actions.revoke_device(device, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("Revoked: %(name)s. It signs nobody in any more.", name=device.name))


@bp.get("/people/devices")
@requires(Permission.MANAGE_PEOPLE)
def list_devices():
    """Everybody's devices, those first that have kept something unsent the longest; or the revoked ones."""
    search, revoked = request.args.get("q", "").strip(), bool(request.args.get("revoked"))
    page = max(1, asked_number("page") or 1)
    devices, total = queries.list_all_devices(search=search, revoked=revoked, page=page)
    pages = max(1, -(-total // queries.PAGE))

    def address(number: int) -> str:
        return url_for("accounts.list_devices", q=search or None, revoked=int(revoked) or None, page=number)

    return render_template("accounts/list_devices.html", devices=devices, total=total, page=page, pages=pages,
                           address=address, search=search, revoked=revoked, now=clock.now())


@bp.get("/people/devices/<int:device_id>")
@requires(Permission.MANAGE_PEOPLE)
def show_device(device_id: int):
    """Somebody's device: what it last said, and how to revoke it."""
    return render_template("accounts/show_device.html", device=queries.get_device(device_id), now=clock.now())


@bp.post("/people/devices/<int:device_id>/revocation")
@requires(Permission.MANAGE_PEOPLE)
def revoke_somebodys_device(device_id: int):
    """Revoke somebody's device, as after a lost tablet."""
    revoke(queries.get_device(device_id))
    return redirect(url_for("accounts.show_device", device_id=device_id))
