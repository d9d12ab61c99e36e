"""docs/hooks.md, written from hookspecs.py: what authors read is what pluggy checks against."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from textwrap import dedent

from tiepdan import hookspecs, sdk
from tiepdan.core.plugins import hook_kinds
from tiepdan.counting.fields import describe_sources
from tiepdan.documents.facts import DOTS, FACTS, OF_EVERY

KINDS = {
    "contribute": ("Đóng góp", "What else should be there?"),
    "decide": ("Quyết định", "Which rule holds, who is told?"),
    "observe": ("Theo dõi", "Did you hear?"),
    "join": ("Tham gia cùng bước; chỉ các phần của nền tảng", "What else happens in the same step? Never a plugin"),
}
_QUOTED = re.compile(r'"([a-z][a-z0-9_.+-]*)"')


@dataclass(frozen=True, slots=True)
class HookText:
    """A specification, taken apart.

    failing: what its kind means when a plugin fails; arguments: explanation by name, only of those explained.
    answer: the paragraph that begins with "Returns"; example: code.
    """

    name: str
    signature: str
    kind: str
    failing: str
    summary: str
    asked: str
    arguments: dict[str, str]
    answer: str
    example: str

    @property
    def explains_nothing(self) -> bool:
        """Say whether it says what an answer of nothing means."""
        return bool(re.search(r"\b(empty|None|nothing)\b.*\bmeans\b", self.answer, re.DOTALL))


def read_hooks() -> list[HookText]:
    """Read every specification; hooks for plugins first, each kind in the order of the file."""
    order = list(KINDS)
    found = [_read(name) for name in hook_kinds()]
    return sorted(found, key=lambda hook: order.index(hook.kind) if hook.kind in order else len(order))


def documented_words(hook: HookText, argument: str) -> list[str]:
    """Return the values of an argument that its explanation quotes, such as "petition"."""
    return _QUOTED.findall(hook.arguments.get(argument, ""))


def write_hooks() -> str:
    """Return the text of docs/hooks.md."""
    hooks = read_hooks()
    chapters = (line for hook in hooks for line in _chapter(hook))
    return "\n".join([*_head(hooks), *chapters, *describe_sources(), *_facts(), *_values(), ""])


def _read(name: str) -> HookText:
    function = getattr(hookspecs, name)
    text, _, example = inspect.getdoc(function).partition("Example:\n")  # type: ignore[union-attr]  # hooks have one
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    signature = inspect.signature(function)
    rest = "\n".join(paragraphs[1:])
    kind, _, failing = _section(rest, "Kind").partition(".")
    answer = next((rest[at.start() :] for at in re.finditer(r"^Returns\b", rest, re.MULTILINE)), "")
    return HookText(
        name=name,
        signature=f"{name}{_plain(signature)}",
        kind=kind.strip(),
        failing=_joined(failing),
        summary=_joined(paragraphs[0]),
        asked=_section(rest, "Asked"),
        arguments={each: text for each in signature.parameters if (text := _argument(rest.removesuffix(answer), each))},
        answer=_joined(answer),
        example=dedent(example).strip("\n"),
    )


def _section(text: str, word: str) -> str:
    """Return what follows "Word:" up to the next line that begins with a name and a colon."""
    found = re.search(rf"^{word}: (.*?)(?=^\w+: |^Returns\b|\Z)", text, re.MULTILINE | re.DOTALL)
    return _joined(found[1]) if found else ""


def _argument(text: str, name: str) -> str:
    found = re.search(rf"(?:^|; ){name}: (.*?)(?=; \w+: |^\w+: |\Z)", text, re.MULTILINE | re.DOTALL)
    return _joined(found[1]) if found else ""


def _joined(text: str) -> str:
    return " ".join(text.split())


def _plain(signature: inspect.Signature) -> str:
    """Write a signature as the source does: names of types without their modules."""
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", str(signature)).replace("'", "")


def _head(hooks: list[HookText]) -> Iterator[str]:
    yield from (
        "# Hook",
        "",
        "<!-- Made by `tiepdan docs hooks` from hookspecs.py. Do not edit. -->",
        "",
        "Một plugin trả lời những câu hỏi dưới đây bằng hàm cùng tên có `@hookimpl` (từ `tiepdan.sdk`), và chỉ nhận",
        "những tham số mà hàm nêu tên. Cách viết một plugin: [plugin-guide.md](plugin-guide.md). Phần mô tả từng hook",
        "bằng tiếng Anh, lấy nguyên văn từ mã.",
        "",
        "*English.* A plugin answers these questions with functions of the same name marked `@hookimpl` (of",
        "`tiepdan.sdk`); a function receives only the arguments it names. How to write a plugin:",
        "[plugin-guide.md](plugin-guide.md).",
        "",
        "| Hook | Loại / Kind | |",
        "| --- | --- | --- |",
    )
    for hook in hooks:
        yield f"| [`{hook.name}`](#{hook.name}) | {hook.kind} | {hook.summary} |"
    yield ""
    for kind, (vi, en) in KINDS.items():
        yield f"- **{kind}** — {vi}. *{en}*"
    yield ""


def _chapter(hook: HookText) -> Iterator[str]:
    yield from (f"## {hook.name}", "", "```text", hook.signature, "```", "", hook.summary, "")
    yield f"- **{hook.kind}.** {hook.failing}"
    yield f"- **Khi nào được hỏi / Asked:** {hook.asked}"
    yield from (f"- `{name}`: {text}" for name, text in hook.arguments.items())
    if hook.answer:
        yield f"- **Trả lời / Answer:** {hook.answer}"
    yield ""
    if hook.example:
        yield from ("Ví dụ / Example:", "", "```text", hook.example, "```", "")


def _facts() -> Iterator[str]:
    """Write the facts that templates of documents may name."""
    yield from (
        "## Dữ kiện của văn bản / Facts of documents",
        "",
        "Trong `about` và `body` của một `DocumentTemplate`, `{tên}` là một dữ kiện dưới đây; tên khác là lỗi của",
        "plugin. Với mục của sổ, tên các trường của sổ cũng dùng được. Dữ kiện chưa biết, hoặc người in không được",
        f"xem, in thành dấu chấm ({DOTS}).",
        "",
        "*English.* In `about` and `body` of a `DocumentTemplate`, `{name}` is one of these facts; another name is a",
        "fault of the plugin. An entry of a register has the fields of its register besides. What is not known, or not",
        "for whoever prints, is printed as dots.",
        "",
        "| | Paper | | |",
        "| --- | --- | --- | --- |",
    )
    for name, (vi, en) in OF_EVERY.items():
        yield f"| `{name}` | * | {vi} | {en} |"
    for paper, facts in FACTS.items():
        for name, (vi, en) in facts.items():
            yield f"| `{name}` | {paper.value} | {vi} | {en} |"
    yield ""


def _values() -> Iterator[str]:
    """Write what lies in the SDK beside the markers."""
    yield from ("## tiepdan.sdk", "", f"API {sdk.API_VERSION}.", "")
    for name, value in vars(sdk).items():
        if (
            isinstance(value, type)
            and value.__module__.startswith(sdk.__name__)
            and (is_dataclass(value) or _is_words(value))
        ):
            yield from (f"### {name}", "", _joined(inspect.getdoc(value) or ""), "")
            yield from _members(value)
            yield ""


def _is_words(value: type) -> bool:
    return issubclass(value, Enum)


def _members(value: type) -> Iterator[str]:
    if issubclass(value, Enum):
        yield ", ".join(f'`{name}` = "{member.value}"' for name, member in value.__members__.items())
    elif is_dataclass(value):
        for each in fields(value):
            kind = each.type if isinstance(each.type, str) else _plain_type(each.type)
            yield f"- `{each.name}`: `{kind}`"


def _plain_type(kind: object) -> str:
    text = kind.__name__ if isinstance(kind, type) and not hasattr(kind, "__args__") else str(kind)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", text)
