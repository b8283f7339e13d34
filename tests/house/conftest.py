"""What every test of the house starts from."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Many people are made here, and none of them types a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
