"""From an OpenAPI description to the Python of a client: shapes as TypedDicts, operations as methods, a module for each tag.

What belongs here: reading the description and writing text. What does not: laying it out and putting it into files (`client`).
"""

import keyword
import re
from collections.abc import Iterable, Mapping
from typing import Any

Schema = Mapping[str, Any]
OPENING = '"""{}\n\nWritten by `tools/client.py` out of the API\'s description; do not change it by hand.\n"""\n\n'
SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
METHODS = ("get", "post", "put", "patch", "delete")
PAGE = {"items", "next"}
UNSENT = {"Idempotency-Key", "cursor"}


def written(description: Schema) -> dict[str, str]:
    """Return the files of the client's operations by name."""
    shapes = {name: one for name, one in description["components"]["schemas"].items() if not _is_page(one)}
    by_tag: dict[str, list[str]] = {}
    for path, methods in description["paths"].items():
        for method in METHODS:
            if method in methods:
                tag = (methods[method].get("tags") or ["Other"])[0]
                by_tag.setdefault(tag, []).append(_method(path, method, methods[method], description))
    used = set(_reachable(description, shapes))
    files = {"__init__.py": '"""Operations and shapes of the API, written by a tool; see `tools/client.py`."""\n'}
    files["shapes.py"] = _shapes({name: one for name, one in shapes.items() if name in used})
    for tag, texts in by_tag.items():
        files[f"{_module(tag)}.py"] = _operations(tag, texts)
    files["all.py"] = _all(by_tag)
    return files


def _shapes(shapes: Mapping[str, Schema]) -> str:
    parts = [
        OPENING.format("What goes into the API and comes out of it."),
        "from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypeAlias, TypedDict\n\n",
    ]
    for name, shape in sorted(shapes.items()):
        is_object = shape.get("type") == "object" and shape.get("properties")
        parts.append(_object(_class(name), shape) if is_object else _alias(_class(name), shape))
    return "\n\n".join(parts)


def _alias(name: str, shape: Schema) -> str:
    """Write another name for a type; in quotes where it names shapes that come later."""
    return f'{name}: TypeAlias = "{_type(shape)}"\n' if _refers(shape) else f"{name} = {_type(shape)}\n"


def _object(name: str, shape: Schema) -> str:
    """Write a dictionary with types; in the longer form where a key is no name in Python."""
    fields = shape["properties"]
    if any(field != _name(field) for field in fields):
        pairs = ", ".join(f'"{field}": {_field(one, field, shape, quoted=True)}' for field, one in fields.items())
        return f'{name} = TypedDict("{name}", {{{pairs},}})\n'
    said = _sentence(shape.get("description", "")) or f"{name}."
    lines = "".join(f"    {field}: {_field(one, field, shape)}\n" for field, one in fields.items())
    return f'class {name}(TypedDict):\n    """{said}"""\n\n{lines}'


def _field(schema: Schema, name: str, shape: Schema, *, quoted: bool = False) -> str:
    kind = f'"{_type(schema)}"' if quoted and _refers(schema) else _type(schema)
    return kind if name in shape.get("required", ()) else f"NotRequired[{kind}]"


def _operations(tag: str, methods: Iterable[str]) -> str:
    return (
        OPENING.format(f"{tag}.")
        + "from collections.abc import Iterator\nfrom typing import Any, Literal, cast\n\n"
        + "from recado_client.caller import UNSET, Caller, Unset, Upload, given, segment\nfrom recado_client.operations import shapes\n\n\n"
        + f'class {_class(tag)}(Caller):\n    """{tag}."""\n\n'
        + "\n".join(methods)
    )


def _all(tags: Iterable[str]) -> str:
    imports = "".join(f"from recado_client.operations.{_module(tag)} import {_class(tag)}\n" for tag in tags)
    bases = ", ".join(_class(tag) for tag in tags)
    return OPENING.format("All operations.") + imports + f'\n\nclass Operations({bases}):\n    """Every operation of the API."""\n'


def _method(path: str, method: str, operation: Schema, description: Schema) -> str:
    given = [one for one in operation.get("parameters", ()) if one["name"] not in UNSENT]
    in_path = [one for one in given if one["in"] == "path"]
    in_query = [one for one in given if one["in"] == "query"]
    kind, fields = _body(operation, description)
    arguments = ["self", *(f"{_name(one['name'])}: {_type(one['schema'], 'shapes.')}" for one in in_path)]
    named = [_argument(one["name"], one["schema"], one.get("required", False)) for one in in_query]
    named += [_argument(name, schema, required) for name, (schema, required) in fields.items()]
    if method != "get":
        named.append("idempotency_key: str | None = None")
    named.sort(key=lambda one: " = " in one)
    answer, is_page = _answer(operation, description)
    filled = re.sub(r"{(\w+)}", lambda found: f"{{segment({_name(found[1])})}}", path)
    address = f'f"{filled}"' if in_path else f'"{path}"'
    query = ", ".join(f'"{one["name"]}": {_name(one["name"])}' for one in in_query)
    head = f"    def {operation['operationId']}({', '.join([*arguments, *(['*', *named] if named else [])])}) -> {answer}:\n"
    said = f'        """{_sentence(operation["summary"])}\n\n{_indented(operation.get("description", ""))}\n        """\n'
    if is_page:
        return f"{head}{said}        return self.pages({address}, {{{query}}})\n"
    sent = [f'"{method.upper()}"', address]
    sent += [f"query={{{query}}}"] if query else []
    sent += [_sent_body(kind, fields)] if kind else []
    sent += ["idempotency_key=idempotency_key"] if method != "get" else []
    call = f"self.call({', '.join(sent)})"
    return f"{head}{said}        {call if answer == 'None' else f'return cast({answer!r}, {call})'}\n"


def _body(operation: Schema, description: Schema) -> tuple[str, dict[str, tuple[Schema, bool]]]:
    """Return how a body is sent, and its fields: those of an object one by one, anything else as `body`."""
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return "", {}
    media, schema = next((media, one["schema"]) for media, one in content.items())
    kind = "files" if media.startswith("multipart/") else "body"
    shape = _resolved(schema, description)
    taken = {one["name"] for one in operation.get("parameters", ())}
    properties = shape.get("properties", {})
    is_plain = shape.get("type") == "object" and properties and not taken & properties.keys()
    if not is_plain or not operation["requestBody"].get("required", True):
        return f"whole {kind}", {"body": (schema, operation["requestBody"].get("required", True))}
    return kind, {name: (one, name in shape.get("required", ())) for name, one in properties.items()}


def _sent_body(kind: str, fields: Iterable[str]) -> str:
    if kind.startswith("whole "):
        return f"{kind.removeprefix('whole ')}=body"
    pairs = ", ".join(f'"{name}": {_name(name)}' for name in fields)
    return f"files={{{pairs}}}" if kind == "files" else f"body=given({{{pairs}}})"


def _answer(operation: Schema, description: Schema) -> tuple[str, bool]:
    """Return the type of what comes back, and whether it is a list in pages."""
    kinds: list[str] = []
    for status, response in operation["responses"].items():
        if not 200 <= int(status) < 300:  # noqa: PLR2004  # successes
            continue
        content = response.get("content", {})
        schema = content.get("application/json", {}).get("schema", {}) if content else None
        page = _resolved(schema or {}, description)
        if _is_page(page):
            return f"Iterator[{_type(page['properties']['items']['items'], 'shapes.')}]", True
        kinds.append("None" if schema is None else "bytes" if "application/json" not in content else _type(schema, "shapes."))
    return " | ".join(dict.fromkeys(kinds)) or "None", False


def _argument(name: str, schema: Schema, required: bool) -> str:
    kind = _type(schema, "shapes.", upload=True)
    return f"{_name(name)}: {kind}" if required else f"{_name(name)}: {kind} | Unset = UNSET"


def _type(schema: Schema, prefix: str = "", *, quoted: bool = False, upload: bool = False) -> str:  # noqa: PLR0911  # one for each kind
    if "$ref" in schema:
        name = prefix + _class(schema["$ref"].rpartition("/")[2])
        return f'"{name}"' if quoted else name
    if "const" in schema or "enum" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema.get('enum', [schema.get('const')]))}]"
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if several:
        return " | ".join(dict.fromkeys(_type(one, prefix, quoted=quoted, upload=upload) for one in several))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(SIMPLE.get(one, "Any") for one in kind)
    if upload and (schema.get("format") == "binary" or "contentMediaType" in schema):
        return "Upload"
    if kind == "array":
        return f"list[{_type(schema.get('items', {}), prefix, quoted=quoted)}]"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {_type(values, prefix, quoted=quoted) if isinstance(values, dict) and values else 'Any'}]"
    return SIMPLE.get(str(kind), "Any")


def _refers(schema: Any) -> bool:
    if isinstance(schema, Mapping):
        return "$ref" in schema or any(_refers(one) for one in schema.values())
    return isinstance(schema, list) and any(_refers(one) for one in schema)


def _reachable(description: Schema, shapes: Mapping[str, Schema]) -> Iterable[str]:
    """Names of the shapes that operations use, of their pages and parts."""
    waiting, seen = [_names(description["paths"])], set[str]()
    while waiting:
        for name in waiting.pop() - seen:
            seen.add(name)
            waiting.append(_names(description["components"]["schemas"].get(name, {})))
    return seen & shapes.keys()


def _names(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        own = {str(value["$ref"]).rpartition("/")[2]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(_names(one) for one in value.values()))
    return set[str]().union(*(_names(one) for one in value)) if isinstance(value, list | tuple) else set()


def _is_page(schema: Schema) -> bool:
    return schema.get("properties", {}).keys() == PAGE


def _resolved(schema: Schema, description: Schema) -> Schema:
    found: Schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _class(name: str) -> str:
    words = re.findall(r"\w+", name)
    return "".join(word[:1].upper() + word[1:] for word in words).replace("_", "")


def _module(tag: str) -> str:
    return "_".join(re.findall(r"\w+", tag.lower()))


def _name(name: str) -> str:
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def _sentence(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    return plain if not plain or plain.endswith((".", "!", "?")) else f"{plain}."


def _indented(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"""', "'''").strip()
    return "\n".join(f"        {line.strip()}" if line.strip() else "" for line in plain.splitlines())
