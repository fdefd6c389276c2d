from flask import Blueprint

bp = Blueprint("help_requests", __name__)
