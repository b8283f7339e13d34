"""What a stranger calls himself is a name, and never the town's words to somebody else."""

import pytest

from geoportal.accounts.models import User
from geoportal.accounts.names import is_name
from geoportal.accounts.services import change_profile, register_invited
from geoportal.core.errors import InvalidInput
from tests.geoportal.accounts.conftest import NEWCOMER, PASSWORD, read_letters

pytestmark = pytest.mark.django_db
LURE = "http://evil.example Натисніть"
NO_NAMES = (
    LURE,
    "evil.example",
    "www.evil.example",
    "Оля\r\nBcc: all@example.org",
    "Оля\nНатисніть",
    "olia@example.org",
    "Оля 067 123 45 67",
    "<b>Оля</b>",
    "Оля\u202eалО",
    "...",
    "-",
    "О" * 61,
    "Сука",
)
NAMES = (
    "Оля", "Марʼяна", "Мар'яна", "Мар’яна", "Анна-Марія", "Анна Марія", "О. П.", "Zoë",
    "José", "de la Cruz", "О’Ніл", "Łukasz", "Хуліо",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_how_people_are_called_is_a_name(name):
    assert is_name(name)


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_refused_wherever_it_is_written(name, site, invite, head):
    assert not is_name(name)
    said = site.send("/accounts/signup/", 200, **NEWCOMER | {"first_name": name})
    assert "Write a name in letters" in said or "at most 60" in said
    assert not User.objects.filter(email=NEWCOMER["email"].lower()).exists()
    assert read_letters() == []
    token = invite("new@example.org")
    given = {"first_name": "Петро", "last_name": name, "password1": PASSWORD}
    site.send(f"/invitations/{token}/", 200, **given)
    with pytest.raises(InvalidInput):
        register_invited(
            token=token, first_name=name, last_name="", password=PASSWORD, language="uk"
        )
    with pytest.raises(InvalidInput):
        change_profile(user=head, first_name="Оля", last_name=name, phone="", language="uk")


def test_a_name_is_kept_with_single_spaces(head):
    change_profile(user=head, first_name="  Анна   Марія ", last_name="", phone="", language="uk")
    assert head.first_name == "Анна Марія"


@pytest.mark.parametrize("ask", ["signup", "reset", "change"])
def test_no_letter_to_an_address_that_may_be_anybodys_repeats_a_name(site, ask, join):
    """Whoever types somebody's address has his words in no letter of the town to it."""
    words = "Вам нараховано виплату"
    if ask == "signup":
        site.send("/accounts/signup/", **NEWCOMER | {"first_name": words})
    elif ask == "reset":
        User.objects.create_user("victim@example.org", PASSWORD, first_name=words)
        site.send("/accounts/password/reset/", email="victim@example.org")
    else:
        user = join("olia")
        User.objects.filter(pk=user.pk).update(first_name=words)
        site.sign_in(user.email)
        site.send("/accounts/email/", email="victim@example.org", action_add="1")
    letter = read_letters()[-1]
    html = str(letter.alternatives[0][0])
    assert words not in f"{letter.subject} {letter.body} {html}"


def test_names_that_a_provider_tells_are_names_or_nothing(rf):
    from geoportal.accounts.adapter import ProviderAdapter

    class Told:
        user = User()
        account = None

    for given, kept in ((LURE, ""), ("Ольга", "Ольга")):
        user = ProviderAdapter().populate_user(rf.get("/"), Told(), {"first_name": given})
        assert user.first_name == kept
