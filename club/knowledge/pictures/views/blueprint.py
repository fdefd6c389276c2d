from flask import Blueprint

bp = Blueprint("knowledge_pictures", __name__)
