"""The description of everything that answers data, in the form of OpenAPI 3.1."""

import re
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from club.web.access import Audience
from club.web.described import Description

_PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")


def openapi(app: Flask, *, server: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dữ liệu của câu lạc bộ cải tiến năng suất",
            "version": "1",
            "description": "Reads only. Moments carry their offset; days are local days of "
            "Asia/Ho_Chi_Minh. Officials sign in on the site; the session's cookie counts here.",
        },
        "servers": [{"url": server}],
        "paths": {
            _PLACEHOLDER.sub(r"{\1}", rule.rule): {"get": _operation(app, rule)}
            for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
            if _description(app, rule)
        },
    }


def _description(app: Flask, rule: Rule) -> Description | None:
    found: Description | None = getattr(app.view_functions[rule.endpoint], "described", None)
    return found


def _operation(app: Flask, rule: Rule) -> dict[str, Any]:
    description = _description(app, rule)
    assert description
    audiences: tuple[Audience, ...] = app.view_functions[rule.endpoint].__dict__["audiences"]
    placeholders = _PLACEHOLDER.findall(rule.rule)
    answers: dict[str, Any] = {
        "200": {
            "description": "Found",
            "content": {description.media: {"schema": description.form}},
        }
    }
    if Audience.EVERYONE not in audiences:
        roles = ", ".join(audience.value for audience in audiences)
        answers["401"] = {"description": f"Nobody is signed in; open to: {roles}"}
        answers["403"] = {"description": f"Open to: {roles}"}
    if placeholders:
        answers["404"] = {"description": "Nothing has this code"}
    for status, (meaning, schema) in description.otherwise.items():
        content = {"content": {"application/json": {"schema": schema}}} if schema else {}
        answers[str(status)] = {"description": meaning} | content
    return {
        "operationId": rule.endpoint,
        "summary": description.summary,
        "parameters": [
            *(_parameter(name, "path", "") for name in placeholders),
            *(_parameter(name, "query", meaning) for name, meaning in description.query.items()),
        ],
        "responses": answers,
    }


def _parameter(name: str, place: str, meaning: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": meaning,
        "schema": {"type": "string"},
    }
