"""A disk whose power fails: what recorder.c wrote down, replayed without what was not yet synced.

The model is POSIX read strictly, as far as file systems with a journal go along. What a write puts into a
file may be lost or torn until the file is synced, each write on its own. What a call does to a folder may
be lost until that folder is synced; of two calls that touch the same folder, or the same folder's own name,
the later is never there without the earlier. A synced file whose name is not yet lasting is not there.

    disk = Disk(root)          what stands below root is lasting
    for call in read_calls(log):
        disk.add(call)
        disk.states(rng)       [{path: bytes, or None for a folder}, …]: what may be found after the cut
"""

import os
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512  # a torn write ends at one


@dataclass
class Call:
    kind: str
    number: int
    inode: int
    offset: int
    one: bytes
    two: str


def read_calls(log):
    content, at, calls = Path(log).read_bytes(), 0, []
    while at < len(content):
        end = content.index(b"\n", at)
        kind, number, inode, offset, n, m = content[at:end].decode().split(" ")
        start, n, m = end + 1, int(n), int(m)
        one, two = content[start : start + n], content[start + n : start + n + m]
        calls.append(Call(kind, int(number), int(inode), int(offset), one, two.decode()))
        at = start + n + m + 1
    return calls


def split(path):
    folder, _, name = path.rpartition("/")
    return folder, name


class Image:
    """Files and folders by number: 0 is the root. Names lead to numbers, so a rename is one change."""

    def __init__(self):
        self.folders, self.files = {0: {}}, {}

    def copy(self):
        other = Image()
        other.folders = {node: dict(names) for node, names in self.folders.items()}
        other.files = dict(self.files)
        return other

    def find(self, path):
        node = 0
        for name in path.split("/") if path else ():
            node = self.folders[node][name]
        return node

    def tree(self):
        found, stack = {}, [(0, "")]
        while stack:
            folder, path = stack.pop()
            for name, node in self.folders[folder].items():
                here = f"{path}/{name}" if path else name
                found[here] = self.files.get(node)
                if node in self.folders:
                    stack.append((node, here))
        return found


@dataclass
class NameChange:
    """`node` is there as (folder, name) afterwards, and no longer as `before`. None: not there."""

    node: int
    after: tuple | None
    before: tuple | None

    def folders(self):
        places = {place[0] for place in (self.after, self.before) if place}
        return places | {self.node}  # what happens in a folder needs the folder

    def apply(self, image):
        if self.before:
            image.folders[self.before[0]].pop(self.before[1], None)
        if self.after:
            image.folders[self.after[0]][self.after[1]] = self.node


@dataclass
class ByteChange:
    node: int
    offset: int
    content: bytes | None  # None: the file ends at offset

    def apply(self, image, length=None):
        old = image.files[self.node]
        if self.content is None:
            image.files[self.node] = old[: self.offset].ljust(self.offset, b"\0")
            return
        new = self.content if length is None else self.content[:length]
        # A file can be longer on disk than what arrived there.
        end = self.offset + len(self.content)
        body = old[: self.offset].ljust(self.offset, b"\0") + new
        image.files[self.node] = body.ljust(end, b"\0")[: max(end, len(body))] + old[end:]


class Disk:
    def __init__(self, root):
        self.lasting, self.now = Image(), Image()
        self.pending = []  # changes that may be lost, in their order
        self.next = 1
        self.open = {}  # inode: node, of files made or found
        self.read(Path(root))
        self.lasting = self.now.copy()

    def new(self, content=None):
        node, self.next = self.next, self.next + 1
        for image in (self.now, self.lasting):
            if content is None:
                image.folders[node] = {}
            else:
                image.files[node] = content
        return node

    def read(self, root):
        for path, folders, files in os.walk(root):
            inside = os.path.relpath(path, root)
            here = self.now.find("" if inside == "." else inside)
            for name in folders:
                self.now.folders[here][name] = self.new()
            for name in files:
                file = Path(path) / name
                self.now.folders[here][name] = self.new(file.read_bytes())
                self.open[file.stat().st_ino] = self.now.folders[here][name]

    # ---- calls ----

    def change(self, change):
        change.apply(self.now)
        self.pending.append(change)

    def place(self, path):
        folder, name = split(path)
        return self.now.find(folder), name

    def add(self, call):
        getattr(self, "add_" + call.kind)(call)

    def add_create(self, call):
        self.open[call.inode] = node = self.new(b"")
        self.change(NameChange(node, self.place(call.one.decode()), None))

    def add_mkdir(self, call):
        path = call.one.decode()
        if path:  # the root itself is there already
            self.change(NameChange(self.new(), self.place(path), None))

    def add_remove(self, call):
        place = self.place(call.one.decode())
        self.change(NameChange(self.now.folders[place[0]][place[1]], None, place))

    def add_rename(self, call):
        before, after = self.place(call.one.decode()), self.place(call.two)
        self.change(NameChange(self.now.folders[before[0]][before[1]], after, before))

    def add_write(self, call):
        self.change(ByteChange(self.open[call.inode], call.offset, call.one))

    def add_truncate(self, call):
        self.change(ByteChange(self.open[call.inode], call.offset, None))

    def add_sync(self, call):
        node = self.open.get(call.inode)
        if node is not None:
            self.settle(lambda c: isinstance(c, ByteChange) and c.node == node)

    def add_syncdir(self, call):
        folder = self.now.find(call.one.decode())
        self.settle(lambda c: isinstance(c, NameChange) and folder in c.folders())

    def add_syncfs(self, _):
        self.settle(lambda _: True)

    def settle(self, lasts):
        """Changes that became lasting, and what they cannot be without."""
        kept = [lasts(change) for change in self.pending]
        self.close(kept)
        for change, is_lasting in zip(self.pending, kept):
            if is_lasting:
                change.apply(self.lasting)
        self.pending = [change for change, is_lasting in zip(self.pending, kept) if not is_lasting]

    def close(self, kept):
        """Marks the earlier changes of names that a marked one cannot be without."""
        needed = set()
        for i in range(len(kept) - 1, -1, -1):
            change = self.pending[i]
            if isinstance(change, NameChange):
                kept[i] = kept[i] or bool(needed & change.folders())
                if kept[i]:
                    needed |= change.folders()

    # ---- after the cut ----

    def state(self, kept, lengths):
        self.close(kept)
        image = self.lasting.copy()
        for i, change in enumerate(self.pending):
            if kept[i] and isinstance(change, ByteChange):
                change.apply(image, lengths.get(i))
            elif kept[i]:
                change.apply(image)
        return image.tree()

    def states(self, rng, some=2):
        """All of what is pending; nothing of it; names without bytes; bytes without names; and `some`
        drawn at random, with torn writes."""
        names = [isinstance(change, NameChange) for change in self.pending]
        n = len(names)
        picks = [([True] * n, {})]
        if n:
            picks += [([False] * n, {}), (list(names), {}), ([not name for name in names], {})]
        for _ in range(some if n else 0):
            chance = rng.random()
            kept = [rng.random() < chance for _ in names]
            torn = {i: SECTOR * rng.randint(0, len(change.content) // SECTOR)
                    for i, change in enumerate(self.pending)
                    if isinstance(change, ByteChange) and change.content and rng.random() < 0.3}
            picks.append((kept, torn))
        return [self.state(kept, torn) for kept, torn in picks]


def lay(state, root):
    """Makes `root` hold what `state` says and nothing else."""
    root.mkdir(parents=True, exist_ok=True)
    for path in sorted(state):
        target = root / path
        if state[path] is None:
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(state[path])
