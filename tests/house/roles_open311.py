"""Who gets which answer from Open311 and from the links of letters: nobody is asked who he is.

Reports are taken with a key, whoever is signed in; `tests/geoportal/problems/open311` has keys.
"""

from tests.house.roles import OPEN, REFUSED, ROLES, Case, everybody, reads

SIGNED_IN = (302, *(200,) * (len(ROLES) - 1))
SENT = {"service_code": "rubbish", "lat": "50.4", "long": "30.5"}
OPEN311: dict[str, list[Case]] = {
    "/open311/": reads(("/open311/", REFUSED)),
    "/open311/<rest>": reads(("/open311/v3/services.json", REFUSED)),
    "/open311/discovery.<extension>": reads(
        ("/open311/discovery.json", OPEN), ("/open311/discovery.html", REFUSED)
    ),
    "/open311/v2/services.<extension>": reads(("/open311/v2/services.xml", OPEN)),
    "/open311/v2/services/<code>.<extension>": reads(("/open311/v2/services/x.xml", REFUSED)),
    "/open311/v2/requests.<extension>": [
        *reads(
            ("/open311/v2/requests.json", OPEN),
            ("/open311/v2/requests.json?page=0", everybody(400)),
        ),
        Case("POST", "/open311/v2/requests.json", everybody(403), SENT),
        Case("POST", "/open311/v2/requests.json?api_key=x", everybody(403), SENT),
    ],
    "/open311/v2/requests/<number>.<extension>": reads(
        ("/open311/v2/requests/1.json", REFUSED),
        ("/open311/v2/requests/1.json?api_key=x", everybody(403)),
    ),
    "/open311/v2/tokens/<token>.<extension>": reads(("/open311/v2/tokens/x.json", REFUSED)),
    "/notifications/": [
        Case("GET", "/notifications/", SIGNED_IN),
        Case("POST", "/notifications/", SIGNED_IN, {"wish": "stop"}),
    ],
    "/notifications/contact/<token>/": [
        Case("GET", "/notifications/contact/x/", REFUSED),
        Case("POST", "/notifications/contact/x/", REFUSED, {"wish": "stop"}),
    ],
    "/notifications/stop/<token>/": [
        Case("GET", "/notifications/stop/x/", REFUSED),
        Case("POST", "/notifications/stop/x/", REFUSED, {"wish": "stop"}),
    ],
}
# Whatever is sent to an address that is not there is not found.
OPEN311_ANY_METHOD = {"/open311/", "/open311/<rest>"}
