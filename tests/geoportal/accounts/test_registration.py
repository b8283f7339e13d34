"""From the form to a confirmed e-mail, and what registration tells to nobody."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from geoportal.accounts.models import User
from geoportal.accounts.policies import is_confirmed
from geoportal.accounts.signals import email_confirmed
from geoportal.messages.models import Message
from tests.geoportal.accounts.conftest import NEWCOMER, PASSWORD, find_link, read_letters

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"


def register(site, **values: str) -> User:
    site.send(SIGNUP, **NEWCOMER | values)
    return User.objects.get(email=(values.get("email") or NEWCOMER["email"]).lower())


def test_a_person_registers_follows_the_letter_and_is_confirmed_and_signed_in(site):
    user = register(site, next="/data/")
    assert (user.email, user.first_name, user.language) == ("olia@example.org", "Оля", "en")
    assert not is_confirmed(user)
    link = find_link(read_letters()[0])
    assert "Is olia@example.org your e-mail?" in site.read(link)
    assert not is_confirmed(user), "mail scanners open links too"
    assert site.send(link) == "/data/"
    assert is_confirmed(user)
    assert "olia@example.org" in site.read("/accounts/profile/")


def test_who_has_not_confirmed_signs_in_and_is_reminded(site):
    user = register(site)
    assert site.send("/accounts/login/", login=user.email, password=PASSWORD) == "/"
    assert "Until you follow it, what you send is not published" in site.read("/data/")
    assert not is_confirmed(user)


def test_the_link_confirms_in_another_browser_too_without_signing_in_there(site, other_site):
    user = register(site)
    assert other_site.send(find_link(read_letters()[0])) == "/accounts/login/"
    assert is_confirmed(user)
    other_site.read("/accounts/email/", 302)


def test_a_link_confirms_once_and_says_so_afterwards(site, other_site):
    register(site)
    link = find_link(read_letters()[0])
    site.send(link)
    assert "out of date, was used already" in other_site.read(link)
    other_site.send(link, 404)


def test_a_made_up_link_confirms_nobody(site, db):
    assert "out of date" in site.read("/accounts/confirm-email/MQ:1xUPep:made-up/")
    site.send("/accounts/confirm-email/MQ:1xUPep:made-up/", 404)


def test_a_link_is_out_of_date_after_a_week(site, other_site, time_machine):
    register(site)
    link = find_link(read_letters()[0])
    time_machine.move_to(timezone.now() + timedelta(days=8))
    assert "out of date" in other_site.read(link)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_packages_above_hear_of_the_confirmation_once(site):
    heard = []

    def hear(sender, user, **kwargs):
        heard.append((user.email, is_confirmed(user)))

    email_confirmed.connect(hear)
    try:
        register(site)
        site.send(find_link(read_letters()[0]))
    finally:
        email_confirmed.disconnect(hear)
    assert heard == [("olia@example.org", True)]


def test_what_fails_above_leaves_the_e_mail_unconfirmed(site, client):
    def refuse(sender, user, **kwargs):
        raise RuntimeError("no")

    user = register(site)
    client.raise_request_exception = False
    email_confirmed.connect(refuse)
    try:
        site.send(find_link(read_letters()[0]), 500)
    finally:
        email_confirmed.disconnect(refuse)
    assert not is_confirmed(user)


def test_the_answer_does_not_tell_whether_the_e_mail_has_an_account(site, other_site):
    register(site)
    mail.outbox.clear()
    taken = other_site.send(SIGNUP, **NEWCOMER | {"email": "OLIA@example.org"})
    free = other_site.send(SIGNUP, **NEWCOMER | {"email": "free@example.org"})
    assert taken == free == "/accounts/confirm-email/"
    assert User.objects.filter(email="olia@example.org").count() == 1


def test_the_owner_of_a_taken_e_mail_is_told_by_a_letter(other_site, resident):
    other_site.send(SIGNUP, **NEWCOMER | {"email": "Resident@example.org"})
    (letter,) = read_letters()
    assert letter.to == ["resident@example.org"]
    assert "/accounts/password/reset/" in letter.body
    assert resident.check_password("correct horse")


def test_a_session_after_registering_with_a_taken_e_mail_is_nobody_s(other_site, resident):
    other_site.send(SIGNUP, **NEWCOMER | {"email": "resident@example.org"})
    assert "Sign in" in other_site.read("/data/")


def test_an_address_that_another_only_wishes_for_holds_nobody_back(site, resident):
    EmailAddress.objects.create(user=resident, email="olia@example.org", verified=False)
    user = register(site)
    site.send(find_link(read_letters()[0]))
    assert is_confirmed(user)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first_name": ""}, "This field is required"),
        ({"email": "not an e-mail"}, "Enter a valid email address"),
        ({"password1": "short"}, "too short"),
        ({"password1": "password"}, "too common"),
        ({"password1": "olia@example.org"}, "too similar"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_the_rest(site, client, values, words):
    given = NEWCOMER | values
    response = client.post(SIGNUP, given)
    text = response.content.decode()
    assert words in re.sub(r"\s+", " ", text)
    if given["first_name"]:
        assert f'value="{given["first_name"]}"' in text
    assert f'value="{given["password1"]}"' not in text or given["password1"] == given["email"]
    assert not User.objects.exists()


def test_the_letter_is_plain_and_html_in_the_language_of_the_page(site):
    register(site)
    (letter,) = read_letters()
    html, kind = (str(part) for part in letter.alternatives[0])
    assert letter.subject == "Confirm your e-mail"
    assert kind == "text/html"
    assert 'lang="en"' in html
    assert find_link(letter) in html
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    kept = Message.objects.filter(state="sent").values_list("text", "html")
    assert set(kept) == {("", "")}, "the link is not kept"


def test_another_letter_can_be_asked_for(site, time_machine):
    user = register(site)
    site.send("/accounts/login/", login=user.email, password=PASSWORD)
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    site.send("/accounts/email/", email=user.email, action_send="1")
    assert len(read_letters()) == 2
    site.send(find_link(read_letters()[1]))
    assert is_confirmed(user)


def test_one_address_cannot_be_flooded_with_letters(site):
    user = register(site)
    site.send("/accounts/login/", login=user.email, password=PASSWORD)
    for _ in range(3):
        site.send("/accounts/email/", email=user.email, action_send="1")
    assert len(read_letters()) == 1


def test_administrators_made_on_the_server_are_confirmed(administrator):
    assert is_confirmed(administrator)


def test_a_changed_e_mail_holds_only_after_its_own_letter(site, join):
    user = join("olia")
    site.sign_in(user.email)
    site.send("/accounts/email/", email="New@Example.org", action_add="1")
    user.refresh_from_db()
    assert (user.email, is_confirmed(user)) == ("olia@example.org", True)
    letter = next(each for each in read_letters() if each.to == ["new@example.org"])
    site.send(find_link(letter))
    user.refresh_from_db()
    assert (user.email, is_confirmed(user)) == ("new@example.org", True)


def test_changing_to_a_taken_e_mail_answers_the_same_and_changes_nothing(site, join):
    join("taken")
    user = join("olia")
    site.sign_in(user.email)
    site.send("/accounts/email/", email="taken@example.org", action_add="1")
    letter = next(each for each in read_letters() if each.to == ["taken@example.org"])
    assert "another account has it" in site.read(find_link(letter))
    user.refresh_from_db()
    assert user.email == "olia@example.org"
