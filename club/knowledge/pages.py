"""All pages of the room and its packages."""

from flask import Blueprint

from club.knowledge.editing.views import bp as knowledge_editing_bp
from club.knowledge.library.views import bp as library_bp
from club.knowledge.sharing.views import bp as sharing_bp
from club.knowledge.views import bp as knowledge_bp

BLUEPRINTS: list[Blueprint] = [knowledge_editing_bp, library_bp, sharing_bp, knowledge_bp]
