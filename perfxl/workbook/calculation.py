"""The calculation settings of a workbook: the order to recalculate on opening, and the calculation chain."""

from __future__ import annotations

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.markup import local_name, new_parser, parse
from perfxl.workbook.package import Package
from perfxl.workbook.splice import Splice, element_end, raw_name, set_attribute, splice, start_tag

# What may come before calcPr within the workbook element (ECMA-376 part 1, 18.2.27).
_BEFORE_SETTINGS = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})


def recalculated_on_load(part: bytes) -> bytes:
    """Return the workbook part (UTF-8) with the order to recalculate everything when it is opened."""
    parser = new_parser()
    begins: list[int] = []
    settings: list[int] = []
    insertion = [0]
    prefix = [b""]

    def start(name: str, _: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        if not begins:
            prefix[0] = raw_name(part, start_tag(part, at)).removesuffix(b"workbook")
        elif len(begins) == 1 and local_name(name) == "calcPr":
            settings.append(at)
        begins.append(at)

    def end(name: str) -> None:
        begin = begins.pop()
        if len(begins) == 1 and local_name(name) in _BEFORE_SETTINGS:
            insertion[0] = element_end(part, parser.CurrentByteIndex, raw_name(part, start_tag(part, begin)))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(parser, part)
    if settings:
        return splice(part, [set_attribute(part, start_tag(part, settings[0]), b"fullCalcOnLoad", b"1")])
    if not insertion[0]:
        raise UnreadableWorkbook(Unreadable.DAMAGED, "workbook part without sheets")
    addition = b"<" + prefix[0] + b'calcPr fullCalcOnLoad="1"/>'
    return splice(part, [((insertion[0], insertion[0]), addition)])


def without_calculation_chain(package: Package, workbook: str, chain: str) -> dict[str, bytes]:
    """Return the parts that name the calculation chain, rewritten to name it no more.

    Excel builds the chain anew; one that lists a cell without a formula is a damaged file to it.
    """
    folder, _, base = workbook.rpartition("/")
    links = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    targets = {
        link.identifier for link in package.relationships(workbook).values() if link.kind == "calcChain"
    }
    content_types = "[Content_Types].xml"
    chain_name = "/" + chain.lower()
    return {
        links: _without(package.xml(links), "Relationship", "Id", targets),
        content_types: _without(package.xml(content_types), "Override", "PartName", {chain_name}),
    }


def _without(part: bytes, element: str, attribute: str, values: set[str]) -> bytes:
    parser = new_parser()
    begins: list[tuple[int, bool]] = []
    splices: list[Splice] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        value = attributes.get(attribute, "")
        goes = local_name(name) == element and (value in values or value.lower() in values)
        begins.append((parser.CurrentByteIndex, goes))

    def end(_: str) -> None:
        begin, goes = begins.pop()
        if goes:
            name = raw_name(part, start_tag(part, begin))
            splices.append(((begin, element_end(part, parser.CurrentByteIndex, name)), b""))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(parser, part)
    return splice(part, splices)
