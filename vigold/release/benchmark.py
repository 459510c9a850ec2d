"""eval.yaml: the entry by which the Hub knows a dataset as a benchmark (Hub documentation, “Evaluation results”)."""

from __future__ import annotations

from typing import Any

from vigold.release.about import About
from vigold.release.figures import Figures

EVAL = "eval.yaml"
_TEST = "test"


def eval_yaml(about: About, figures: Figures) -> str:
    """The YAML for a dataset with a split `test`; empty without one, or where `evaluation_framework` is not named.

    The Hub takes only frameworks that are registered with it, so there is no default.
    """
    import yaml

    if not about.evaluation_framework or _TEST not in figures.documents:
        return ""
    record: dict[str, Any] = {
        "name": about.title,
        "description": about.description.strip(),
        "evaluation_framework": about.evaluation_framework,
        "tasks": [{"id": "strict_f1", "config": "default", "split": _TEST}],
    }
    text: str = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=120)
    return text
