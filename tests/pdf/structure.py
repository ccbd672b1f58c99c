"""A PDF's structure and promises, read apart from what wrote them: over qpdf's JSON, rule by rule.

`faults(path, standard)` is a list of what breaks the rules that a file of that standard is to keep
(ISO 19005-1, -2, -3; ISO 14289-1; the rows are those of the project's table of requirements). Fonts'
widths and the profile's colours are left to validators that know them.
"""

import re
import xml.etree.ElementTree as ElementTree

from reader import Pdf

STANDARD_TYPES = set(
    "Document Sect P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table THead TBody TR TH TD Caption Figure TOC TOCI "
    "Reference Note Link BlockQuote Code Span".split())
SPACES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
          "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
          "pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
          "ext": "http://www.aiim.org/pdfa/ns/extension/", "prop": "http://www.aiim.org/pdfa/ns/property#",
          "schema": "http://www.aiim.org/pdfa/ns/schema#"}


class Element:
    """A structure element: its type, children (Elements, and contents as (page index, MCID), and
    annotations as references), attributes by name."""

    def __init__(self, reference, entry, parent):
        self.reference, self.entry, self.parent = reference, entry, parent
        self.type = entry["/S"][1:]
        self.children, self.contents, self.annotations = [], [], []
        self.attributes = entry.get("/A", {})

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, *types):
        return [child for child in self.children if child.type in types]


class Checker:
    def __init__(self, path, standard):
        self.raw = path.read_bytes()
        self.pdf = Pdf(path)
        self.get = self.pdf.get
        self.part = 0 if standard == "none" else int(standard[2])
        self.level = "" if standard == "none" else standard[3].upper()
        self.ua = standard.endswith("ua-1")
        self.tagged = self.level == "A" or self.ua
        self.found = []
        self.pages = [reference for reference in self.page_references()]
        self.root = None

    def say(self, good, row, words):
        if not good:
            self.found.append(f"row {row}: {words}")

    def page_references(self):
        kids = self.get(self.get(self.pdf.catalog["/Pages"])["/Kids"])
        return kids

    # ---- the file ----

    def check_file(self):
        version = b"%PDF-1.4\n%" if self.part == 1 else b"%PDF-1.7\n%"
        self.say(self.raw.startswith(version) and min(self.raw[10:14]) > 127, 1, "header")
        identity = self.pdf.trailer.get("/ID", [])
        self.say(len(identity) == 2 and "/Encrypt" not in self.pdf.trailer, 2, "ID or Encrypt")
        self.say(self.raw.endswith(b"%%EOF\n"), 2, "something after the end")
        if self.part == 1:
            self.say(b"/ObjStm" not in self.raw and b"/Type/XRef" not in self.raw, 3, "packed objects")
        for value in self.values():
            if isinstance(value, list):
                self.say(self.part != 1 or len(value) <= 8191, 5, "a long array")
            elif isinstance(value, str) and value.startswith("/"):
                self.say(len(value.encode()) <= 128, 5, f"a long name: {value}")
            elif isinstance(value, str) and value.startswith(("u:", "b:")):
                size = len(value[2:].encode("utf-16-be")) + 2 if value[0] == "u" else len(value) // 2
                self.say(size <= 32767, 5, "a long string")

    def values(self):
        """Every value in the file, those in streams' dictionaries too."""
        stack = [entry.get("value", entry.get("stream", {}).get("dict"))
                 for entry in self.pdf.objects.values()]
        while stack:
            value = stack.pop()
            yield value
            if isinstance(value, dict):
                stack += [*value.values(), *value.keys()]
            elif isinstance(value, list):
                stack += value

    def check_bans(self):
        for value in self.values():
            if not isinstance(value, dict):
                continue
            for key in ("/SMask", "/Group", "/AA", "/OCProperties", "/AcroForm", "/XFA", "/JavaScript",
                        "/OPI", "/Alternates", "/TR", "/HTP"):
                self.say(key not in value, "8-10, 25-29", f"a {key}")
            self.say(value.get("/Interpolate") is not True, 9, "Interpolate")
            self.say(value.get("/Type") != "/ExtGState", 10, "an ExtGState")
            self.say("/LZWDecode" not in str(value.get("/Filter")), 4, "LZW")
            if value.get("/Type") == "/Action" or "/S" in value and "/URI" in value:
                self.say(value["/S"] == "/URI", 25, f"an action {value['/S']}")
            if value.get("/Type") == "/EmbeddedFile":
                self.say(self.part == 3, 27, "an embedded file")

    def check_intent(self):
        if self.part == 0:
            return
        intents = self.get(self.pdf.catalog.get("/OutputIntents", []))
        self.say(len(intents) == 1, 6, "one output intent")
        for intent in map(self.get, intents):
            reference = intent["/DestOutputProfile"]
            profile = self.pdf.stream(reference)
            good = (intent["/S"] == "/GTS_PDFA1" and self.get(reference)["/N"] == 3 and
                    int.from_bytes(profile[:4], "big") == len(profile) and profile[8] == 2 and
                    profile[12:24] == b"mntrRGB XYZ " and profile[36:40] == b"acsp")
            self.say(good, 6, "the profile")

    # ---- fonts ----

    def check_fonts(self):
        shown = {}
        for page in self.pdf.pages:
            for glyph in page.glyphs:
                shown.setdefault(id(glyph.font), (glyph.font, set()))[1].add(glyph.cid)
                private = any(0xE000 <= ord(c) <= 0xF8FF for c in glyph.text)
                told = any("/ActualText" in properties for _, properties, _ in glyph.marks)
                self.say(not private or told, 19, "a private character without its words")
        for reference, font in self.pdf.fonts.items():
            self.check_font(self.get(reference), font, shown.get(id(font), (font, set()))[1])

    def check_font(self, entry, font, shown):
        descendant = self.get(self.get(entry["/DescendantFonts"])[0])
        descriptor = self.get(descendant["/FontDescriptor"])
        self.say(entry["/Encoding"] == "/Identity-H", 15, "encoding")
        self.say(re.match(r"/[A-Z]{6}\+", entry["/BaseFont"]), 11, f"no subset: {entry['/BaseFont']}")
        if "/FontFile3" in descriptor:
            kind = self.get(descriptor["/FontFile3"])["/Subtype"]
            self.say(kind == "/CIDFontType0C", 12, kind)
        else:
            self.say("/FontFile2" in descriptor and "/CIDToGIDMap" in descendant, 15, "CIDToGIDMap")
        self.say(0 not in shown, 13, ".notdef is shown")
        for cid in shown:
            text = font.text.get(cid, "")
            self.say(text and not set(text) & {"\0", "\ufeff", "\ufffe"}, 18, f"CID {cid} has no text")
        self.say(("/CIDSet" in descriptor) == (self.part == 1), 16, "CIDSet")
        if "/CIDSet" in descriptor:
            bits = self.pdf.stream(descriptor["/CIDSet"])
            for cid in shown | {0}:
                self.say(cid // 8 < len(bits) and bits[cid // 8] & 0x80 >> cid % 8, 16, f"CID {cid}")

    # ---- metadata ----

    def check_metadata(self):
        if not self.part and not self.ua:
            self.say("/Metadata" not in self.pdf.catalog, 21, "metadata that promise something")
            return
        reference = self.pdf.catalog["/Metadata"]
        self.say("/Filter" not in self.get(reference), 21, "metadata are packed")
        packet = self.pdf.stream(reference)
        self.say(packet.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>') and
                 packet.endswith(b'<?xpacket end="w"?>') and packet in self.raw, 21, "packet")
        described = ElementTree.fromstring(packet).find(".//rdf:Description", SPACES)
        text = lambda path: (described.findtext(path, None, SPACES) or "")  # noqa: E731
        self.say(text("pdfaid:part") == str(self.part) and text("pdfaid:conformance") == self.level, 22,
                 "pdfaid")
        self.say(text("pdfuaid:part") == ("1" if self.ua else ""), 22, "pdfuaid")
        names = [element.text for element in described.iterfind(".//prop:name", SPACES)]
        self.say(names == (["part"] if self.ua else []), 23, f"extension schema: {names}")
        info = self.pdf.info
        pairs = {"/Title": "dc:title/rdf:Alt/rdf:li", "/Author": "dc:creator/rdf:Seq/rdf:li",
                 "/Subject": "dc:description/rdf:Alt/rdf:li", "/Creator": "xmp:CreatorTool",
                 "/Producer": "pdf:Producer"}
        for key, path in pairs.items():
            self.say(info.get(key, "") == text(path), 24, f"{key}: {info.get(key)} {text(path)}")
        for key, path in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            digits = re.sub(r"\D", "", info[key])
            self.say(digits == re.sub(r"\D", "", text(path)), 24, f"{key} {text(path)}")
        self.say(text(pairs["/Title"]), 34, "no title")

    def check_catalog(self):
        catalog = self.pdf.catalog
        self.say(catalog.get("/Lang") == "u:zh-CN", 33, f"Lang {catalog.get('/Lang')}")
        preferences = self.get(catalog.get("/ViewerPreferences", {}))
        self.say(preferences.get("/DisplayDocTitle") is True, 34, "DisplayDocTitle")
        self.say("/PageLabels" in catalog, 43, "page labels")
        for reference in self.pages:
            self.say("/Resources" in self.get(reference), 30, "resources inherited")
        marked = self.get(catalog.get("/MarkInfo", {})).get("/Marked")
        self.say((marked is True) == self.tagged, 32, f"MarkInfo {marked}")
        self.say(("/StructTreeRoot" in catalog) == self.tagged, 32, "StructTreeRoot")
        headings = [element for element in self.elements() if re.fullmatch("H[2-6]", element.type)]
        self.say(not headings or self.pdf.outline, 43, "headings but no outline")

    # ---- the tree ----

    def elements(self):
        return list(self.root.walk()) if self.root else []

    def read_tree(self):
        if not self.tagged or "/StructTreeRoot" not in self.pdf.catalog:
            return
        root = self.get(self.pdf.catalog["/StructTreeRoot"])
        self.tree = root
        self.root = self.read_element(self.one(root["/K"]), None)
        parent = self.get(self.get(self.one(root["/K"]))["/P"])
        self.say(parent is root or parent == root, 36, "the document's parent")

    def one(self, value):
        return value[0] if isinstance(value, list) else value

    def read_element(self, reference, parent):
        entry = self.get(reference)
        element = Element(reference, entry, parent)
        if parent:
            self.say(entry["/P"] == parent.reference, 36, f"parent of {element.type}")
        self.say(element.type in STANDARD_TYPES, 32, f"type {element.type}")
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                element.contents.append((self.pages.index(entry["/Pg"]), kid))
                continue
            value = self.get(kid)
            if value.get("/Type") == "/MCR":
                page = value.get("/Pg", entry.get("/Pg"))
                element.contents.append((self.pages.index(page), value["/MCID"]))
            elif value.get("/Type") == "/OBJR":
                element.annotations.append(value["/Obj"])
            else:
                element.children.append(self.read_element(kid, element))
        return element

    def tree_entries(self, node, key):
        """Pairs of a name or number tree, those of its kids in order."""
        node = self.get(node)
        found = []
        for kid in node.get("/Kids", []):
            found += self.tree_entries(kid, key)
        entries = node.get(key, [])
        return found + list(zip(entries[::2], entries[1::2]))

    def check_contents(self):
        """Every stretch is an artifact or one element's, and the parent tree says which."""
        owners = {}
        for element in self.elements():
            for content in element.contents:
                self.say(content not in owners, 36, f"{content} belongs twice")
                owners[content] = element
        parents = dict(self.tree_entries(self.tree["/ParentTree"], "/Nums"))
        for index, page in enumerate(self.pdf.pages):
            entry = self.get(self.pages[index])
            listed = self.get(parents.get(entry["/StructParents"], []))
            self.say(page.unmarked == 0, 35, f"page {index + 1}: {page.unmarked} things in no stretch")
            ids = []
            for around, tag, properties in page.marks:
                outer = [mark[0] for mark in around]
                if tag == "/Span" and "/MCID" not in properties:
                    self.say("/Artifact" not in outer and outer, 35, "a span in no element")
                    continue
                self.say(not outer, 35, f"{tag} within {outer}")
                if tag == "/Artifact":
                    continue
                mcid = int(properties["/MCID"])
                ids.append(mcid)
                owner = owners.get((index, mcid))
                good = owner and owner.type == tag[1:] and listed[mcid] == owner.reference
                self.say(good, 36, f"page {index + 1}, MCID {mcid}: {tag}")
            self.say(sorted(ids) == list(range(len(listed))), 36, f"page {index + 1}: MCIDs")
        for element in self.elements():
            for annotation in element.annotations:
                key = self.get(annotation).get("/StructParent")
                self.say(parents.get(key) == element.reference, 42, f"annotation's parent {key}")
        keys = [key for key, _ in self.tree_entries(self.tree["/ParentTree"], "/Nums")]
        self.say(keys == sorted(set(keys)) and self.tree["/ParentTreeNextKey"] == len(keys), 36, "keys")

    def check_headings(self):
        ranks = [int(element.type[1]) for element in self.elements() if re.fullmatch("H.", element.type)]
        self.say(ranks[:1] == [1] and ranks.count(1) == 1, 37, f"headings {ranks}")
        for before, after in zip(ranks, ranks[1:]):
            self.say(after <= before + 1, 37, f"H{before}, then H{after}")

    def check_annotations(self):
        inside = {annotation for element in self.elements() if element.type == "Link"
                  for annotation in element.annotations}
        for reference in self.pages:
            page = self.get(reference)
            annotations = self.get(page.get("/Annots", []))
            self.say(not annotations or page.get("/Tabs") == "/S", 42, "tab order")
            for annotation in annotations:
                entry = self.get(annotation)
                self.say(entry["/F"] == 4, 26, "flags")
                self.say(len(entry.get("/Contents", "")) > 2, 42, "a link without words")
                self.say(annotation in inside or not self.tagged, 42, "a link outside of the tree")

    def check_lists(self):
        allowed = {"L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC", "Caption"},
                   "TR": {"TH", "TD"}, "THead": {"TR"}, "TBody": {"TR"},
                   "Table": {"Caption", "THead", "TBody", "TR"}}
        for element in self.elements():
            if element.type not in allowed:
                continue
            types = [child.type for child in element.children]
            self.say(set(types) <= allowed[element.type] and not element.contents, "38, 40",
                     f"{element.type} holds {types}")
            if element.type == "LI":
                self.say(types in (["Lbl", "LBody"], ["LBody"], ["Lbl"]), 40, f"LI holds {types}")
            if element.type == "L":
                self.say(element.attributes.get("/ListNumbering"), 40, "ListNumbering")
        parents = {"TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"},
                   "Lbl": {"LI", "Note"}, "LBody": {"LI"}, "TOCI": {"TOC"}, "THead": {"Table"},
                   "TBody": {"Table"}}
        for element in self.elements():
            if element.type in parents:
                self.say(element.parent.type in parents[element.type], "38, 40",
                         f"{element.type} in {element.parent.type}")

    def check_tables(self):
        ids = dict(self.tree_entries(self.tree["/IDTree"], "/Names")) if "/IDTree" in self.tree else {}
        heads = {element.entry["/ID"]: element for element in self.elements()
                 if element.type == "TH" and "/ID" in element.entry}
        for element in self.elements():
            if "/ID" in element.entry:
                self.say(ids.get(element.entry["/ID"]) == element.reference, "39, 42", "ID")
            for head in element.attributes.get("/Headers", []):
                self.say(head in heads, 39, f"no head {head}")
            if element.type == "TH":
                self.say(element.attributes.get("/Scope") in ("/Column", "/Row"), 39, "Scope")
            if element.type == "Table":
                self.check_table(element)
        self.say(list(ids) == sorted(ids), 39, "order of IDs")

    def check_table(self, table):
        """The rows cover a rectangle once, and where there are heads over columns each cell has one."""
        types = [child.type for child in table.children if child.type != "Caption"]
        self.say(types in (["THead", "TBody"], ["TR"] * len(types)), 38, f"Table holds {types}")
        self.say("Caption" not in [child.type for child in table.children[1:]], 38, "Caption")
        rows = [row for group in table.children for row in
                ([group] if group.type == "TR" else group.of("TR"))]
        covered = {}
        for y, row in enumerate(rows):
            x = 0
            for cell in row.children:
                while (y, x) in covered:
                    x += 1
                across = cell.attributes.get("/ColSpan", 1)
                for k in range(cell.attributes.get("/RowSpan", 1)):
                    for i in range(across):
                        self.say((y + k, x + i) not in covered, 38, "cells overlap")
                        covered[y + k, x + i] = cell
                x += across
        width = 1 + max(x for _, x in covered)
        self.say(len(covered) == width * len(rows), 38, f"{len(covered)} places of {width}x{len(rows)}")

    def check_words(self):
        notes = [element.entry.get("/ID") for element in self.elements() if element.type == "Note"]
        self.say(None not in notes and len(notes) == len(set(notes)), 42, "Note without ID of its own")
        for element in self.elements():
            if element.type == "Figure":
                box = element.attributes.get("/BBox", [])
                self.say(len(element.entry.get("/Alt", "")) > 2, 41, "a figure without words")
                self.say(len(box) == 4 and box[0] < box[2] and box[1] < box[3], 41, f"BBox {box}")

    def check_attached(self):
        files = self.get(self.pdf.catalog.get("/AF", []))
        self.say(bool(files) == (self.part == 3), 27, "associated files")
        for entry in map(self.get, files):
            stream = self.get(entry["/EF"]["/F"])
            self.say(entry["/AFRelationship"] in ("/Source", "/Data"), 27, "relationship")
            self.say("/F" in entry and "/UF" in entry and "/Subtype" in stream, 27, "names or type")
            self.say(stream["/Params"]["/Size"] == len(self.pdf.stream(entry["/EF"]["/F"])), 27, "size")

    def check(self):
        self.read_tree()
        for check in (self.check_file, self.check_bans, self.check_intent, self.check_fonts,
                      self.check_metadata, self.check_catalog, self.check_annotations,
                      self.check_attached):
            check()
        if self.root:
            for check in (self.check_contents, self.check_headings, self.check_lists, self.check_tables,
                          self.check_words):
                check()
        return sorted(set(self.found))


def faults(path, standard):
    return Checker(path, standard).check()
