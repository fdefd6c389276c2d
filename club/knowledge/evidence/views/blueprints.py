from flask import Blueprint

from club.knowledge.evidence.views import cases, fits, tools

BLUEPRINTS: list[Blueprint] = [cases.bp, tools.bp, fits.bp]
