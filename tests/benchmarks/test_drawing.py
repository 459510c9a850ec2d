"""The picture of a curve is small, well-formed XML that holds each line, and no name breaks it."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.drawing import curves


def test_each_line_is_drawn_with_its_name() -> None:
    svg = curves({"crf <x>": {1: [0.3, 0.5], 10: [0.8]}, "hybrid": {1: [0.7], 10: [0.9]}}, {"rules": 0.9}, "F1 & more")
    root = ElementTree.fromstring(svg)
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {"crf <x>", "hybrid", "rules"} <= set(texts)
    assert len([element for element in root.iter() if element.tag.endswith("polyline")]) == 2
    assert len(svg) < 5000
