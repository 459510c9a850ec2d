"""What an HTTP error of Label Studio means, and what to do about it."""

from __future__ import annotations

import json

from vigold.studio.access import URL, place

ELSEWHERE = f"is this the address of a Label Studio, and does the project still exist? See {URL}"
_ADVICE = {
    401: "the token is not valid there; make one under Account & Settings, and if it is a legacy token, allow these "
    "under Organization > Access Token Settings",
    403: "this account may not do that",
    404: ELSEWHERE,
    413: "the server or a proxy before it takes no request of this size; try a smaller --batch",
}
TELLING = (400, 401, 403)
"""The errors whose bodies say in words what is wrong."""


def told(status: int, location: str, body: bytes) -> str:
    """The number of the error, what the server says is wrong, and what to do."""
    if 300 <= status < 400:
        goes = place(location) or "another place"
        advice = f"it sends on to {goes}; put the address that answers itself into {URL}"
    else:
        advice = _ADVICE.get(status, "what the server's log says of it will help" if status >= 500 else "")
    said = "; ".join(part for part in (_detail(body), advice) if part)
    return f"HTTP {status}" + (f": {said}" if said else "")


def _detail(body: bytes) -> str:
    """What the server says is wrong, on one line."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(answer, dict):
        return ""
    faults = answer.get("validation_errors") or answer.get("detail") or answer
    text = faults if isinstance(faults, str) else json.dumps(faults, ensure_ascii=False)
    return " ".join(text.split())[:300].rstrip(".")
