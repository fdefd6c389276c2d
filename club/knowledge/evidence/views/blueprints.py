from flask import Blueprint

from club.knowledge.evidence.views import cases, tools

BLUEPRINTS: list[Blueprint] = [cases.bp, tools.bp]
