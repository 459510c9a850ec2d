"""Whether it is any use to ask the Hub, whose library tries for half a minute where there is no network at all."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies


def hopeless(name: str) -> str | None:
    """Why a dataset of the Hub can be had neither from there nor from what was loaded before; None where it may be.

    So it is where the name of the Hub leads nowhere and nothing of the dataset is kept here. Behind a proxy, which
    looks names up itself, and where `HF_HUB_OFFLINE` says all, nothing is known beforehand.
    """
    from datasets import config
    from huggingface_hub import constants

    if os.environ.get("HF_HUB_OFFLINE") or getproxies():
        return None
    host = urlsplit(constants.ENDPOINT).hostname or ""
    try:
        socket.getaddrinfo(host, None)
    except socket.gaierror as error:
        kept = (
            Path(constants.HF_HUB_CACHE) / f"datasets--{name.replace('/', '--')}",
            Path(config.HF_DATASETS_CACHE) / name.replace("/", "___"),
        )
        return None if any(path.exists() for path in kept) else f"{host} cannot be reached: {error.strerror}"
    return None
