"""The forms of the staff pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model, password_validation

from bot.booking.requests import CallBackState, MessageState


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. A short sentence is easy to remember and hard to guess.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="The same password again", widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Check the two passwords against each other and against the rules."""
        cleaned = super().clean() or {}
        password, repeated = cleaned.get("password"), cleaned.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", "The two passwords differ. Type the same one twice.")
        if password:
            try:
                email = self._email or str(cleaned.get("email", ""))
                password_validation.validate_password(password, get_user_model()(username=email, email=email))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class InvitationForm(PasswordForm):
    """E-mail address and password of a new staff account."""

    email = forms.EmailField(
        label="Your work e-mail address", max_length=150, widget=forms.EmailInput({"autocomplete": "username"})
    )
    field_order = ["email", "password", "repeated"]

    def clean_email(self) -> str:
        """Return the address in lower case; refuse one that already has an account."""
        email = str(self.cleaned_data["email"]).lower()
        if get_user_model().objects.filter(username=email).exists():
            raise forms.ValidationError("This address already has an account. Sign in with it instead.")
        return email


class CallBackForm(forms.Form):
    """What became of a call."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in CallBackState])
    note = forms.CharField(max_length=500, required=False, strip=True)


class MessageForm(forms.Form):
    """What became of a message to the practice."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in MessageState])
    note = forms.CharField(max_length=500, required=False, strip=True)


class FindForm(forms.Form):
    """Reference, phone number or e-mail address of a visit, in full."""

    text = forms.CharField(label="Reference, phone number or e-mail address", max_length=254)
