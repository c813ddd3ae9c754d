"""The ribbon as XML (リボン), made from the table of tasks: one callback, the task in the button's tag."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kohyo.addin.tasks import Task, groups
from kohyo.messages import wording

NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
CALLBACK = "KohyoRibbon.OnKohyo"


def ribbon_xml() -> str:
    """Return the ribbon's description as Excel 2007 and later take it."""
    root = ET.Element("customUI", xmlns=NAMESPACE)
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(tabs, "tab", id="kohyoTab", label=wording("addin.tab"))
    for name, tasks in groups().items():
        group = ET.SubElement(tab, "group", id=f"kohyoGroup_{name}", label=wording(f"addin.groups.{name}"))
        for task in tasks:
            ET.SubElement(group, "button", _attributes(task))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _attributes(task: Task) -> dict[str, str]:
    return {
        "id": f"kohyo_{task.tag}",
        "tag": task.tag,
        "label": task.label,
        "size": "large" if task.large else "normal",
        "imageMso": task.icon,
        "screentip": task.screentip,
        "supertip": task.supertip,
        "onAction": CALLBACK,
    }
