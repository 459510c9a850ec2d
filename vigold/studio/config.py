"""The labelling config, generated from the scheme: the text on the left, values and relations on the right."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from vigold.formats.labelstudio import LABEL, TEXT
from vigold.scheme import Attribute, Label, Scheme

# White space stays as it is in the text, else double blanks would vanish for the annotator.
_STYLE = ".lsf-htx-richtext{white-space:pre-wrap; line-height:1.8; font-size:16px}"


def config(scheme: Scheme) -> str:
    """The XML of a labelling config for this scheme; everything from the scheme is escaped."""
    view = Xml.Element("View")
    Xml.SubElement(view, "Style").text = _STYLE
    if scheme.relations:
        relations = Xml.SubElement(view, "Relations")
        for name in scheme.relations:
            Xml.SubElement(relations, "Relation", value=name)
    columns = Xml.SubElement(view, "View", style="display:flex; gap:16px; align-items:flex-start")
    _text_column(columns, scheme)
    _value_column(columns, scheme)
    Xml.indent(view, " ")
    return Xml.tostring(view, encoding="unicode") + "\n"


def _text_column(columns: Xml.Element, scheme: Scheme) -> None:
    column = Xml.SubElement(columns, "View", style="flex:3; min-width:0")
    labels = Xml.SubElement(column, "Labels", name=LABEL, toName=TEXT, showInline="true")
    for name, label in scheme.labels.items():
        item = Xml.SubElement(labels, "Label", value=name, background=label.colour)
        item.attrib |= {key: value for key, value in (("hotkey", label.hotkey), ("hint", label.hint)) if value}
    box = Xml.SubElement(column, "View", style="height:68vh; overflow-y:auto; border:1px solid #ddd; padding:8px")
    Xml.SubElement(box, "Text", name=TEXT, value="$text", granularity="word")


def _value_column(columns: Xml.Element, scheme: Scheme) -> None:
    column = Xml.SubElement(columns, "View", style="flex:1; min-width:240px")
    # What a text leaves out of a date is to be told from the day of publication.
    Xml.SubElement(column, "Header", size="5", value="Ngày đăng: $published")
    Xml.SubElement(column, "Header", size="5", value="Giá trị của vùng đang chọn")
    for name, label in scheme.labels.items():
        shown = {"visibleWhen": "region-selected", "whenTagName": LABEL, "whenLabelValue": name}
        part = Xml.SubElement(column, "View", shown)
        Xml.SubElement(part, "Text", name=f"{name}_help", value=_help(name, label))
        for key, attribute in label.attributes.items():
            Xml.SubElement(part, "Header", size="6", value=key + (" *" if attribute.required else ""))
            _control(part, name, key, attribute, shown)
    if scheme.relations:
        Xml.SubElement(column, "Header", size="5", value="Quan hệ")
        kinds = "; ".join(f"{name}: {relation.description}" for name, relation in scheme.relations.items())
        steps = "Chọn vùng đầu, nhấn Alt+R, bấm vùng cuối, rồi chọn loại trong bảng Relations."
        Xml.SubElement(column, "Text", name="relations_help", value=f"{steps} {kinds}.")


def _control(part: Xml.Element, label: str, key: str, attribute: Attribute, shown: dict[str, str]) -> None:
    # The conditions stand on the control itself too: Label Studio ignores those of the view in its region list.
    common = {"name": f"{label}_{key}", "toName": TEXT, "perRegion": "true", **shown}
    if attribute.required:
        # Label Studio then goes to the region that lacks it instead of submitting; skipping is always possible.
        common |= {"required": "true", "requiredMessage": f"Vùng {label} này chưa có giá trị {key}."}
    if attribute.values:
        choices = Xml.SubElement(part, "Choices", common, choice="single-radio", showInline="true")
        for value in attribute.values:
            Xml.SubElement(choices, "Choice", value=value)
    else:
        typed = {"maxSubmissions": "1", "rows": "1", "editable": "true", "placeholder": attribute.hint}
        Xml.SubElement(part, "TextArea", common | typed)


def _help(name: str, label: Label) -> str:
    return f"{name} ({label.description}). {label.hint}" if label.description else f"{name}. {label.hint}"
