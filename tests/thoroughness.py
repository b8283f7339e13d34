"""How much an expensive test tries: a little in each run, a lot in `script/test --thorough`."""

import os

from hypothesis import HealthCheck, settings

THOROUGH = "GEOPORTAL_TEST_THOROUGH" in os.environ
# Examples of a property: by default of each, and before a release.
EXAMPLES = 30
TIMES_AS_MANY = 20


def examples(usual: int) -> int:
    """Of a property that is dearer than others."""
    return usual * TIMES_AS_MANY if THOROUGH else usual


# A machine that others use as well is no reason to call an example slow.
settings.register_profile(
    "project",
    max_examples=examples(EXAMPLES),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")
