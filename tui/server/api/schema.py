"""The OpenAPI document: generated from the routes, with what Litestar cannot know of them."""

import copy
from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import HTTPRoute

from tui.domain.errors import Refused
from tui.domain.structs import Ask
from tui.server.api.credentials import KEY_HEADER, KEY_SCHEMA
from tui.server.api.pages import Listing

PATH = "/schema"
BEARER = "bearer"
PUBLIC: list[dict[str, list[str]]] = [{}]
"""The `security` of a route that nobody need be signed in for."""


class SchemaDocument(JsonRenderPlugin):
    """Answers `/schema`."""

    def __init__(self) -> None:
        super().__init__(path="/")
        self._document: bytes | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document as JSON; made once."""
        if self._document is None:
            self._document = msgspec.json.encode(_completed(openapi_schema, request.app))
        return self._document


def openapi(version: str) -> OpenAPIConfig:
    """The configuration of the document at `/schema`."""
    return OpenAPIConfig(
        title="Workspaces",
        version=version,
        openapi_router=Router(PATH, route_handlers=[], before_request=_only_itself, include_in_schema=False),
        render_plugins=[SchemaDocument()],
        components=Components(
            security_schemes={BEARER: SecurityScheme(type="http", scheme="bearer", bearer_format="<id>.<secret>")}
        ),
        security=[{BEARER: []}],
        operation_id_creator=lambda handler, _method, _path: handler.handler_name,
    )


def _only_itself(request: Request[Any, Any, Any]) -> None:
    """Litestar would answer whatever is below with a page of its own."""
    if request.url.path.rstrip("/") != PATH:
        raise Refused("not_found")


def _completed(generated: dict[str, Any], app: Litestar) -> dict[str, Any]:
    document = copy.deepcopy(generated)
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or route.path_format not in document["paths"]:
            continue
        for handler in route.route_handlers:
            for method in handler.http_methods:
                if operation := document["paths"][route.path_format].get(method.lower()):
                    _complete(operation, handler)
    for asked in Ask.__subclasses__():
        if schema := document["components"]["schemas"].get(asked.__name__):
            schema["additionalProperties"] = False
    return document


def _complete(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    operation["responses"].pop("400", None)
    parameters = operation.setdefault("parameters", [])
    listing = handler.opt.get("listing")
    if isinstance(listing, Listing):
        parameters += [{"name": name, "in": "query", "schema": schema} for name, schema in listing.schemas.items()]
    if "POST" in handler.http_methods:
        parameters.append({"name": KEY_HEADER, "in": "header", "schema": KEY_SCHEMA})
