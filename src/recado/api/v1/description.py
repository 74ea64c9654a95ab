"""The API described for machines (OpenAPI 3.1): what all operations share is added here, once.

What belongs here: problems, scopes, keys, tags. What does not: the shapes of a resource, which ninja reads from its routes.
"""

import sys
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from recado.api.v1 import idempotency
from recado.api.v1.auth import Key
from recado.api.v1.conditions import CHANGING
from recado.api.v1.problems import CONTENT_TYPE, ProblemOut
from recado.api.v1.schema_names import NamedSchemas

ALWAYS = (401, 403, 404, 422, 429, 500)
WITH_BODY = (400, 413, 415)
WHEN_WRITING = (409,)
WHEN_CHANGING = (412,)
PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}
DESCRIPTION = """Receive, send and answer messages; everything the panel can do.

Send `Authorization: Bearer <key>` with each call. A key is made in the panel under API; what it may do is its scopes, and each operation
names the one it needs. Lists come in pages: send `next` as `cursor`. Errors are problems (RFC 9457) that say what to do."""
_IDEMPOTENCY = {
    "in": "header",
    "name": idempotency.HEADER,
    "required": False,
    "schema": {"type": "string", "pattern": idempotency.PATTERN},
    "description": "A new UUID for each call; a repetition with the same one is done once, and answered the same for 24 hours.",
}


class Description(OpenAPISchema):
    """The description of the whole API."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._tags: dict[str, str] = {}
        self.clashes: set[str] = set()
        """Shapes that are described differently by two operations; a test wants none."""
        super().__init__(api, path_prefix)
        self["tags"] = [{"name": name, "description": text} for name, text in self._tags.items()]
        self["servers"] = [{"url": "/", "description": "This installation"}]

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Describe one operation with what it shares with others."""
        details = super().operation_details(operation)
        self._describe_scope(operation, details)
        self._describe_tags(operation)
        methods = set(operation.methods)
        statuses = {*ALWAYS, *(WITH_BODY if "requestBody" in details else ())}
        if methods & idempotency.WRITING:
            statuses.update(WHEN_WRITING)
            details["parameters"] = [*details["parameters"], _IDEMPOTENCY]
        if methods & CHANGING:
            statuses.update(WHEN_CHANGING)
        details["responses"] = self._with_problems(details["responses"], statuses)
        return details

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Take shapes in; one that is described in two ways is a mistake of ours."""
        for name, schema in definitions.items():
            if self.schemas.get(name, schema) != schema:
                self.clashes.add(name)
        super().add_schema_definitions(definitions)

    def _with_problems(self, described: dict[int, Any], statuses: set[int]) -> dict[int, Any]:
        self.add_schema_definitions(_definitions())
        shared = {status: {"description": HTTPStatus(status).phrase, "content": {CONTENT_TYPE: {"schema": PROBLEM}}} for status in statuses}
        own = {int(status): _as_problem(one) for status, one in described.items()}
        return dict(sorted((shared | own).items()))

    def _describe_scope(self, operation: Operation, details: dict[str, Any]) -> None:
        scopes = [auth.scope.value for auth in operation.auth_callbacks if isinstance(auth, Key)]
        for scope in scopes:
            details["x-scope"] = scope
            details["description"] = f"{details.get('description', '')}\n\nNeeds the scope `{scope}`.".strip()
        for requirement in details.get("security", ()):
            requirement.update(dict.fromkeys(requirement, scopes))

    def _describe_tags(self, operation: Operation) -> None:
        """Take a tag's description from the module of its first operation: what stands behind the address in its first line."""
        first = (sys.modules[operation.view_func.__module__].__doc__ or "").partition("\n")[0]
        text = first.partition(": ")[2] or first
        for name in operation.tags or ():
            self._tags.setdefault(name, text[:1].upper() + text[1:])


def _definitions() -> dict[str, Any]:
    """Return the schema of a problem, and of what it is made of, under their names."""
    template = "#/components/schemas/{model}"
    schema = ProblemOut.model_json_schema(ref_template=template, schema_generator=NamedSchemas, mode="serialization")
    parts: dict[str, Any] = schema.pop("$defs", {})
    return {**parts, "ProblemOut": schema}


def _as_problem(response: dict[str, Any]) -> dict[str, Any]:
    """Give a problem that a resource declared the type it is sent with."""
    content = response.get("content", {})
    if any(one.get("schema") == PROBLEM for one in content.values()):
        return {**response, "content": {CONTENT_TYPE: {"schema": PROBLEM}}}
    return response


class DescribedAPI(NinjaAPI):
    """An API that describes itself, once."""

    _described: Description | None = None

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Description:
        """Return the description; what it says does not change while the process runs."""
        if path_prefix is not None or path_params:
            return Description(self, path_prefix or "")
        if self._described is None:
            self._described = Description(self, self.get_root_path({}))
        return self._described
