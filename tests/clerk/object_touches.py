"""What Excel keeps in parts of its own: notes, threads, pictures, slicers, pivots, links; a function each."""

# ruff: noqa: E501 - XML as Excel spells it

from __future__ import annotations

import re

from tests.clerk.package import MAIN, OFFICE, WORKBOOK, X14, Touched
from tests.clerk.written import MC, SHEETML, X15, make_table, metadata, own_column

_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MS = "application/vnd.ms-excel"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def notes(book: Touched) -> None:
    """Put a note (メモ) on the second item, with its yellow box."""
    part = book.sheet(book.page)
    _legacy(book, part, "部長に確認ずみ")
    text = '<r><rPr><sz val="9"/><rFont val="MS P ゴシック"/></rPr><t>部長に確認ずみ</t></r>'
    _comments(book, part, "<author>事務局</author>", text)


def threaded_comments(book: Touched) -> None:
    """Begin a thread (コメント) of two, with what older Excels show for it."""
    part = book.sheet(book.page)
    one, two, person = (f"{{{letter * 8}-0000-0000-0000-000000000001}}" for letter in "ABC")
    _legacy(book, part, "スレッド")
    _comments(book, part, f"<author>tc={one}</author>", "<t>[スレッド化されたコメント]</t>", uid=one)
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    book.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B3" dT="2024-06-03T01:02:03.00" personId="{person}" '
        f'id="{one}"><text>この番号でよいか</text></threadedComment><threadedComment ref="B3" '
        f'dT="2024-06-03T01:03:03.00" personId="{person}" id="{two}" parentId="{one}"><text>はい</text>'
        "</threadedComment></ThreadedComments>",
        f"{_MS}.threadedcomments+xml",
    )
    book.relate(
        part,
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "xl/threadedComments/threadedComment1.xml",
    )
    book.add(
        "xl/persons/person.xml",
        f'<personList xmlns="{space}"><person displayName="事務局" id="{person}" userId="s" providerId="None"/></personList>',
        f"{_MS}.person+xml",
    )
    book.relate(WORKBOOK, "http://schemas.microsoft.com/office/2017/10/relationships/person", "xl/persons/person.xml")


def pictures(book: Touched) -> None:
    """Put a picture and a text box over the cells."""
    _draw(book, book.sheet(book.page), _anchor(_picture()) + _anchor(_box("会議で見せる")))


def form_controls(book: Touched) -> None:
    """Put two check boxes over the cells, one of them checked and told to a cell of the clerk's own column."""
    part = book.sheet(book.page)
    own_column(book, ("確認", None, None))
    book.cell(part, "BA2", '<c r="BA2" t="b"><v>1</v></c>')
    boxes = ((1026, "確認ずみ", True), (1027, "会議で説明する", False))
    book.add(
        "xl/drawings/vmlDrawing1.vml",
        (
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
            'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201" coordsize="21600,21600" '
            'o:spt="201" path="m,l,21600r21600,l21600,xe"/>' + "".join(_old_box(*box) for box in boxes) + "</xml>"
        ).encode(),
        _VML,
    )
    legacy = book.relate(part, "vmlDrawing", "xl/drawings/vmlDrawing1.vml")
    _draw(book, part, "".join(_new_box(number, text) for number, text, _ in boxes))
    book.insert(part, f'<legacyDrawing r:id="{legacy}"/>')
    controls = ""
    for number, _, checked in boxes:
        name = f"xl/ctrlProps/ctrlProp{number - 1025}.xml"
        linked = 'checked="Checked" fmlaLink="$BA$2" ' if checked else ""
        content = f'<formControlPr xmlns="{X14}" objectType="CheckBox" {linked}lockText="1" noThreeD="1"/>'
        book.add(name, content, f"{_MS}.controlproperties+xml")
        relation = book.relate(part, "ctrlProp", name)
        controls += (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14"><control shapeId="{number}" '
            f'r:id="{relation}" name="Check Box {number - 1024}"><controlPr defaultSize="0" autoFill="0" autoLine="0" '
            f'autoPict="0"><anchor moveWithCells="1">{_corners("")}</anchor></controlPr></control></mc:Choice>'
            "</mc:AlternateContent>"
        )
    book.insert(
        part,
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:x14="{X14}" xmlns:xdr="{_XDR}"><mc:Choice Requires="x14"><controls>{controls}'
        "</controls></mc:Choice></mc:AlternateContent>",
    )


def _old_box(number: int, text: str, checked: bool) -> str:  # noqa: FBT001 - a row of the list of boxes
    """Return a check box as older Excels draw it."""
    state = "<x:Checked>1</x:Checked><x:FmlaLink>$BA$2</x:FmlaLink>" if checked else ""
    return (
        f'<v:shape id="Check_x0020_Box_x0020_{number - 1024}" o:spid="_x0000_s{number}" type="#_x0000_t201" '
        'style="position:absolute" filled="f" stroked="f" o:insetmode="auto"><v:textbox style="mso-direction-alt:auto" '
        f'o:singleclick="f"><div style="text-align:left"><font face="MS P ゴシック" size="180">{text}</font></div></v:textbox>'
        f'<x:ClientData ObjectType="Checkbox"><x:SizeWithCells/><x:Anchor>3,0,1,0,6,0,3,0</x:Anchor>{state}'
        "<x:NoThreeD/></x:ClientData></v:shape>"
    )


def _new_box(number: int, text: str) -> str:
    """Return a check box as Excel 2010 and later draw it, within what older ones pass over."""
    shape = (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="Check Box {number - 1024}" hidden="1">'
        '<a:extLst><a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}">'
        f'<a14:compatExt spid="_x0000_s{number}"/></a:ext></a:extLst></xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr>{_SHAPE}'
        f'<xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="ja-JP"/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )
    space = "http://schemas.microsoft.com/office/drawing/2010/main"
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:a14="{space}" Requires="a14">{_anchor(shape)}'
        "</mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )


def slicer(book: Touched) -> None:
    """Make a table with a slicer on one of its columns, drawn beside it."""
    part, columns = make_table(book)
    field = columns[1]
    name = f"Slicer_{field}"
    book.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" name="{name}" sourceName="{field}"><extLst>'
        f'<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}">'
        '<x15:tableSlicerCache tableId="1" column="2"/></x:ext></extLst></slicerCacheDefinition>',
        f"{_MS}.slicerCache+xml",
    )
    cache = book.relate(
        WORKBOOK,
        "http://schemas.microsoft.com/office/2007/relationships/slicerCache",
        "xl/slicerCaches/slicerCache1.xml",
    )
    book.add(
        "xl/slicers/slicer1.xml",
        f'<slicers xmlns="{X14}"><slicer name="{field}" cache="{name}" caption="{field}" rowHeight="241300"/></slicers>',
        f"{_MS}.slicer+xml",
    )
    relation = book.relate(
        part, "http://schemas.microsoft.com/office/2007/relationships/slicer", "xl/slicers/slicer1.xml"
    )
    book.extend(
        part,
        "{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}",
        f'<x14:slicerList xmlns:r="{OFFICE}"><x14:slicer r:id="{relation}"/></x14:slicerList>',
        f'xmlns:x14="{X14}" xmlns:x15="{X15}"',
    )
    book.extend(
        WORKBOOK,
        "{46BE6895-7355-4a93-B00E-2C351335B9C9}",
        f'<x15:slicerCaches xmlns:x14="{X14}"><x14:slicerCache r:id="{cache}"/></x15:slicerCaches>',
        f'xmlns:x15="{X15}"',
    )
    frame = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="番号"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/drawing/2010/slicer">'
        f'<sle:slicer xmlns:sle="http://schemas.microsoft.com/office/drawing/2010/slicer" name="{field}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame>"
    )
    shown = (
        f'<mc:AlternateContent xmlns:mc="{MC}" '
        'xmlns:sle15="http://schemas.microsoft.com/office/drawing/2012/slicer"><mc:Choice Requires="sle15">'
        f"{frame}</mc:Choice><mc:Fallback>{_box('スライサー')}</mc:Fallback></mc:AlternateContent>"
    )
    _draw(book, part, _anchor(shown))


def own_sheets(book: Touched) -> None:
    """Add a hidden sheet with a pivot of 項目, a link to another workbook, the clerk's own names."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>行ラベル</t></is></c></row>'
    book.add(
        "xl/worksheets/sheet90.xml",
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><dimension ref="A1:A2"/><sheetData>{rows}</sheetData></worksheet>',
        f"{SHEETML}.worksheet+xml",
    )
    relation = book.relate(WORKBOOK, "worksheet", "xl/worksheets/sheet90.xml")
    book.swap(
        WORKBOOK, "</sheets>", f'<sheet name="集計 &amp; 確認" sheetId="90" state="hidden" r:id="{relation}"/></sheets>'
    )
    book.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" refreshOnLoad="1" refreshedBy="事務局" createdVersion="8" '
        'refreshedVersion="8" recordCount="0" saveData="0"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="項目"/></cacheSource><cacheFields count="2"><cacheField name="ID" numFmtId="0">'
        '<sharedItems/></cacheField><cacheField name="番号" numFmtId="0"><sharedItems/></cacheField></cacheFields>'
        "</pivotCacheDefinition>",
        f"{SHEETML}.pivotCacheDefinition+xml",
    )
    cache = book.relate(WORKBOOK, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml")
    text = book.text(WORKBOOK)
    external = book.relate(WORKBOOK, "externalLink", "xl/externalLinks/externalLink1.xml")
    names = '<definedName name="締切">45457</definedName></definedNames>'
    text = text.replace("</definedNames>", names).replace(
        "<definedNames>",
        f'<externalReferences><externalReference r:id="{external}"/></externalReferences><definedNames>',
    )
    at = text.index("<calcPr") + len(re.search("<calcPr[^>]*>", text)[0])  # type: ignore[index] # there is one
    views = re.search("<customWorkbookViews>.*</customWorkbookViews>", text)
    at = views.end() if views else at
    book.put(WORKBOOK, f'{text[:at]}<pivotCaches><pivotCache cacheId="1" r:id="{cache}"/></pivotCaches>{text[at:]}')
    book.add(
        "xl/pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="ピボット1" cacheId="1" dataCaption="値" createdVersion="8" '
        'updatedVersion="8" minRefreshableVersion="3"><location ref="A1:A2" firstHeaderRow="1" firstDataRow="1" '
        'firstDataCol="0"/><pivotFields count="2"><pivotField showAll="0"/><pivotField showAll="0"/></pivotFields>'
        "</pivotTableDefinition>",
        f"{SHEETML}.pivotTable+xml",
    )
    book.relate("xl/worksheets/sheet90.xml", "pivotTable", "xl/pivotTables/pivotTable1.xml")
    book.relate("xl/pivotTables/pivotTable1.xml", "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml")
    book.add(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId100"><sheetNames><sheetName val="名簿"/>'
        "</sheetNames></externalBook></externalLink>",
        f"{SHEETML}.externalLink+xml",
    )
    book.relate("xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///C:/共有/名簿.xlsx", outside=True)


def cell_picture(book: Touched) -> None:
    """Put a picture within a cell of the clerk's own column, which older Excels show as #VALUE!."""
    rich = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    own_column(book, ("写真", None, None))
    book.cell(book.sheet(book.page), "BA2", '<c r="BA2" t="e" vm="1"><v>#VALUE!</v></c>')
    book.add("xl/media/image8.png", _PNG, "image/png")
    book.add(
        "xl/richData/richValueRel.xml",
        f'<richValueRels xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel" xmlns:r="{OFFICE}">'
        '<rel r:id="rId100"/></richValueRels>',
        f"{_MS}.richvaluerel+xml",
    )
    book.relate("xl/richData/richValueRel.xml", "image", "xl/media/image8.png")
    book.add(
        "xl/richData/rdrichvalue.xml",
        f'<rvData xmlns="{rich}" count="1"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
        f"{_MS}.rdrichvalue+xml",
    )
    book.add(
        "xl/richData/rdrichvaluestructure.xml",
        f'<rvStructures xmlns="{rich}" count="1"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/>'
        '<k n="CalcOrigin" t="i"/></s></rvStructures>',
        f"{_MS}.rdrichvaluestructure+xml",
    )
    for kind, name in (
        ("http://schemas.microsoft.com/office/2022/10/relationships/richValueRel", "richValueRel"),
        ("http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue", "rdrichvalue"),
        ("http://schemas.microsoft.com/office/2017/06/relationships/rdRichValueStructure", "rdrichvaluestructure"),
    ):
        book.relate(WORKBOOK, kind, f"xl/richData/{name}.xml")
    metadata(
        book,
        '<metadataTypes count="1"><metadataType name="XLRICHVALUE" minSupportedVersion="120000" copy="1" pasteAll="1" '
        'pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" '
        'coerce="1"/></metadataTypes><futureMetadata name="XLRICHVALUE" count="1"><bk><extLst>'
        f'<ext uri="{{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}}"><xlrd:rvb xmlns:xlrd="{rich}" i="0"/></ext></extLst></bk>'
        '</futureMetadata><valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata>',
    )


def _legacy(book: Touched, part: str, text: str) -> None:
    """Draw the box of a note on B3."""
    book.add(
        "xl/drawings/vmlDrawing1.vml",
        (
            '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
            'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
            'path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" '
            'style="position:absolute;visibility:hidden" fillcolor="infoBackground"><v:textbox>'
            f'<div>{text}</div></v:textbox><x:ClientData ObjectType="Note"><x:Anchor>2,15,2,2,4,15,6,9</x:Anchor>'
            "<x:Row>2</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>"
        ).encode(),
        _VML,
    )
    relation = book.relate(part, "vmlDrawing", "xl/drawings/vmlDrawing1.vml")
    book.insert(part, f'<legacyDrawing r:id="{relation}"/>')


def _comments(book: Touched, part: str, author: str, text: str, uid: str = "") -> None:
    revision = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
    spaces = f' xmlns:mc="{MC}" mc:Ignorable="xr" xmlns:xr="{revision}"' if uid else ""
    marked = f' xr:uid="{uid}"' if uid else ""
    book.add(
        "xl/comments1.xml",
        f'<comments xmlns="{MAIN}"{spaces}><authors>{author}</authors><commentList><comment ref="B3" authorId="0" '
        f'shapeId="0"{marked}><text>{text}</text></comment></commentList></comments>',
        f"{SHEETML}.comments+xml",
    )
    book.relate(part, "comments", "xl/comments1.xml")


def _draw(book: Touched, part: str, anchors: str) -> None:
    drawing = "xl/drawings/drawing1.xml"
    book.add(drawing, f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}">{anchors}</xdr:wsDr>', _DRAWING)
    if "rId100" in anchors:
        book.add("xl/media/image1.png", _PNG, "image/png")
        book.relate(drawing, "image", "xl/media/image1.png")
    relation = book.relate(part, "drawing", drawing)
    book.insert(part, f'<drawing r:id="{relation}"/>')


def _anchor(content: str) -> str:
    return f"<xdr:twoCellAnchor>{_corners('xdr:')}{content}<xdr:clientData/></xdr:twoCellAnchor>"


def _corners(prefix: str) -> str:
    return "".join(
        f"<{prefix}{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></{prefix}{name}>"
        for name, column, row in (("from", 3, 1), ("to", 6, 3))
    )


def _picture() -> str:
    return (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="図 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="rId100"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{_SHAPE}</xdr:pic>'
    )


def _box(text: str) -> str:
    return (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="4" name="テキスト 2"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        f'{_SHAPE}<xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="ja-JP"/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    )


_SHAPE = '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
