"""The front matter of the card: what the Hub and `datasets` read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vigold.release.about import About
from vigold.release.figures import Figures
from vigold.release.parts import Parts
from vigold.scheme import Scheme

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LICENCES = ("cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc0-1.0", "mit", "apache-2.0", "odc-by")
_TAGS = ("vietnamese", "news", "information-extraction", "nested-named-entity-recognition", "timex3", "vigold")


def front(figures: Figures, parts: Parts, scheme: Scheme, about: About | None) -> str:
    """YAML without its fences: the fields of a dataset card, the data files of every configuration, features, sizes.

    With the sizes of the splits in it, a release into a folder of the same name is another dataset to the cache of
    `datasets`.
    """
    from datasets.info import DatasetInfosDict
    from huggingface_hub import DatasetCardData

    data = DatasetCardData(
        language=["vi"],
        license=licence(about.licence if about else _only(figures)),
        annotations_creators=list(about.annotations_creators) if about else None,
        language_creators=list(about.language_creators) if about else None,
        multilinguality=["monolingual"],
        size_categories=[next((name for limit, name in _SIZES if figures.total < limit), "n>1M")],
        source_datasets=list(about.source_datasets) if about else None,
        task_categories=["token-classification"],
        task_ids=["named-entity-recognition"],
        pretty_name=about.title if about else scheme.name,
        tags=list(dict.fromkeys((*_TAGS, *(about.keywords if about else ())))),
        configs=[_config(one.name, splits) for one, splits in parts.held.items()],
    )
    infos = {one.name: _info(one.name, one.features, splits, parts) for one, splits in parts.held.items()}
    DatasetInfosDict(infos).to_dataset_card_data(data)
    text: str = data.to_yaml()
    return text


def licence(name: str) -> str:
    """The name that the Hub has for a licence, `other` where it has none."""
    return name.lower() if name.lower() in _LICENCES else "other"


def _only(figures: Figures) -> str:
    return next(iter(figures.licences)) if len(figures.licences) == 1 else "other"


def _config(name: str, splits: Sequence[str]) -> dict[str, Any]:
    files = [{"split": split, "path": f"{name}/{split}.parquet"} for split in splits]
    return {"config_name": name, **({"default": True} if name == "default" else {}), "data_files": files}


def _info(name: str, features: Any, held: Sequence[str], parts: Parts) -> Any:
    from datasets import DatasetInfo, SplitDict, SplitInfo

    splits = SplitDict()
    for split in held:
        splits[split] = SplitInfo(split, parts.sizes[name][split], parts.rows[name][split])
    size = sum((parts.folder / name / f"{split}.parquet").stat().st_size for split in splits)
    return DatasetInfo(
        features=features, splits=splits, download_size=size, dataset_size=sum(parts.sizes[name].values())
    )
