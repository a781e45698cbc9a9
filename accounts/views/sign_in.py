"""The way in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts import actions
from accounts.forms import SignInForm
from accounts.permissions import public
from accounts.signing_in import begin_session, end_session
from accounts.views.blueprint import bp
from foundation import clock
from foundation.db import db
from foundation.limits import limited
from foundation.web import SIGN_IN_LIMIT, local_path


@bp.route("/sign-in", methods=["GET", "POST"])
@limited(SIGN_IN_LIMIT, methods=("POST",))
@public
def sign_in():
    """E-mail and password; then on to where the person was going. `again`: also for somebody who is signed in."""
    goal = local_path(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET" and "again" not in request.args:
        return redirect(goal)
    form, problem, status = SignInForm(), "", 200
    if form.validate_on_submit():
        user, problem, status = try_to_sign_in(form)
        if user:
            begin_session(user)
            return redirect(url_for("accounts.show_account") if user.must_change_password else goal)
    elif form.is_submitted():
        status = 422
    return render_template("accounts/sign_in.html", form=form, problem=problem), status


def try_to_sign_in(form: SignInForm):
    """The person, or None with what to say (the same whether the account exists or not) and the status."""
    try:
        user = actions.authenticate(email=form.email.data, password=form.password.data, at=clock.now())
    except actions.LockedOut as locked:
        return None, str(locked), locked.status
    db.session.commit()
    return user, "" if user else _("E-mail address or password is wrong. Check both and try again."), 422


@bp.post("/sign-out")
@public
def sign_out():
    """Forget the session of this browser."""
    end_session()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"))
