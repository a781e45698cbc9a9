"""One's own account."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts import actions, passwords, queries
from accounts.forms import PasswordForm
from accounts.labels import LANGUAGE_NAMES
from accounts.permissions import Permission, requires
from accounts.signing_in import begin_session, end_session
from accounts.views.blueprint import bp
from foundation import clock
from foundation.db import db
from foundation.limits import limited
from foundation.web import SIGN_IN_LIMIT, local_path
from territory.labels import dated_name


@bp.get("/account")
@requires(Permission.SIGNED_IN)
def show_account():
    """Who I am here, my language, my password, where I am signed in."""
    return account_page(PasswordForm())


def account_page(form: PasswordForm):
    """One's own page, with a form as typed."""
    user = queries.get_user(current_user.id)
    return render_template("accounts/show_account.html", form=form, user=user, languages=LANGUAGE_NAMES,
                           attempts=queries.list_attempts(user), name_place=dated_name, now=clock.now(),
                           devices=queries.list_devices(user.id), may_survey=user.may(Permission.SURVEY))


@bp.post("/account/password")
@limited(SIGN_IN_LIMIT)
@requires(Permission.SIGNED_IN)
def change_password():
    """An own password; this browser stays signed in, all others are signed out."""
    form = PasswordForm()
    user = queries.get_user(current_user.id)
    if form.validate_on_submit():
        if not passwords.matches(user.password_hash, form.current.data):
            form.current.errors = [_("This is not your present password.")]
        else:
            with form.refusing():
                actions.change_password(user, form.password.data, by=user, at=clock.now())
                db.session.commit()
                begin_session(user)
                flash(_("Your password is changed. Other devices are signed out."))
                return redirect(url_for("accounts.show_account"))
    return account_page(form), 422


@bp.post("/account/language")
@requires(Permission.SIGNED_IN)
def set_language():
    """Read the pages in Vietnamese or in English from now on."""
    user = queries.get_user(current_user.id)
    actions.set_language(user, request.form.get("language", ""), by=user, at=clock.now())
    db.session.commit()
    return redirect(local_path(request.form.get("next"), url_for("accounts.show_account")))


@bp.post("/account/sign-out-everywhere")
@requires(Permission.SIGNED_IN)
def sign_out_everywhere():
    """End my sessions on every device, this one too."""
    user = queries.get_user(current_user.id)
    actions.sign_out_everywhere(user, by=user, at=clock.now())
    db.session.commit()
    end_session()
    flash(_("You are signed out on every device."))
    return redirect(url_for("accounts.sign_in"))
