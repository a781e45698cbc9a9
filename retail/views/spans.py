"""Close, pause, reopen, move: changes with a day."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.i18n import day, label
from retail import actions
from retail.forms import MoveForm, StatusForm
from retail.queries import get_establishment
from retail.rules import Status
from retail.views.blueprint import bp
from retail.views.establishments import answer


@bp.route("/establishments/<int:establishment_id>/status", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTER)
def change_status(establishment_id: int):
    """It operates, pauses or closes from a day on."""
    one = get_establishment(establishment_id, to=current_user, permission=Permission.EDIT_REGISTER)
    today, last = clock.today(), one.statuses[-1]
    form = StatusForm(data={"on": today, "status": request.args.get("to")}, today=today, now=last.status)
    if form.validate_on_submit():
        with form.refusing((Invalid, RuleBroken)):
            actions.set_status(one, form.status.data, on=form.day, reason=form.reason.data, by=current_user,
                               at=clock.now())
            db.session.commit()
            flash(_("“%(status)s” from %(day)s.", status=label(form.status.data), day=day(form.day)), "ok")
            return redirect(url_for("retail.show_establishment", establishment_id=establishment_id))
    words = [(status.value, label(status), "ok") for status in Status if status != last.status]
    return answer("retail/change_status.html", form, one=one, last=last, words=words)


@bp.route("/establishments/<int:establishment_id>/move", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTER)
def move_establishment(establishment_id: int):
    """It trades at another place from a day on; the old place stays known."""
    one = get_establishment(establishment_id, to=current_user, permission=Permission.EDIT_REGISTER)
    today = clock.today()
    form = MoveForm(data={"on": today}, user=current_user, today=today)
    if form.validate_on_submit():
        with form.refusing():
            actions.move(one, form.chosen, form.address.data or "", on=form.day, lat=form.lat.data,
                         lon=form.lon.data, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The new place holds from %(day)s.", day=day(form.day)), "ok")
            return redirect(url_for("retail.show_establishment", establishment_id=establishment_id))
    return answer("retail/move_establishment.html", form, one=one, last=one.locations[-1])
