"""What the Hub's refusals and a broken connection mean, in one line and without the token."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vigold.errors import VigoldError, shown

_STATUS = {
    400: "the Hub does not take it{said}",
    401: "the Hub does not accept the token in HF_TOKEN; make one with write access in its settings",
    403: "the token in HF_TOKEN may not write there; take one with write access to {repo}",
    404: "the Hub knows no such place, or HF_TOKEN may not see it; is the name right?",
    409: "the Hub says that it is there already or changed meanwhile{said}; run the same command again",
    412: "the Hub says that it changed meanwhile; run the same command again",
    413: "the Hub finds it too large{said}",
    429: "too many requests; run the same command again {later}",
}
_FAULT = "the Hub has a fault ({status}); run the same command again later"
_QUERY = re.compile(r"(?<=\?)\S+=\S*")
_OTHER = "the Hub answered {status}{said}"


@contextmanager
def telling(repo: str, endpoint: str, step: str) -> Iterator[None]:
    """Turns what huggingface_hub raises within a step into a VigoldError of one line that names the step."""
    import httpx2
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    try:
        yield
    except OfflineModeIsEnabled:
        raise VigoldError(f"{repo}: HF_HUB_OFFLINE is set; unset it to publish") from None
    except (KeyError, TypeError, json.JSONDecodeError):
        raise VigoldError(
            f"{repo}: {step}: {endpoint} does not answer as the Hub does; is HF_ENDPOINT right?"
        ) from None
    except (httpx2.HTTPError, OSError, RuntimeError, ValueError) as error:
        # Uploads run in threads, whose errors come as the cause of another one.
        answer = next((one for one in _causes(error) if isinstance(one, HfHubHTTPError)), None)
        broken = next((one for one in _causes(error) if isinstance(one, httpx2.TransportError)), None)
        if answer is not None:
            said = _answered(answer, repo)
        elif isinstance(broken, httpx2.TimeoutException):
            said = f"no answer from {endpoint} in time; run the same command again"
        elif isinstance(broken, httpx2.UnsupportedProtocol):
            said = f"{shown(endpoint)} is no address; is HF_ENDPOINT right?"
        elif isinstance(broken, httpx2.ConnectError):
            said = f"cannot reach {endpoint}; is there a network?"
        elif broken is not None:
            said = "the connection broke off; run the same command again"
        else:
            said = f"{_line(error)}; run the same command again"
        raise VigoldError(f"{repo}: {step}: {said}") from None


def _answered(error: Any, repo: str) -> str:
    status, wait = error.response.status_code, error.response.headers.get("Retry-After", "")
    said = f" ({_clean(error.server_message)})" if error.server_message else ""
    later = f"in {wait} seconds" if wait.isdigit() else "later"
    words = _STATUS.get(status, _FAULT if status >= 500 else _OTHER)
    return words.format(status=status, said=said, repo=repo, later=later)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _line(error: BaseException) -> str:
    return _clean((str(error).splitlines() or [type(error).__name__])[0])


def _clean(text: str) -> str:
    """Words of others without the token and without what stands in addresses after the question mark."""
    token = os.environ.get("HF_TOKEN", "").strip()
    text = text.replace(token, "…") if token else text
    return shown(_QUERY.sub("…", text), 200)
