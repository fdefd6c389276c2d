"""The yardstick: what a Flask page that does nothing costs on the same server."""

from flask import Flask

app = Flask("bare")


@app.get("/")
def hello() -> str:
    return "hello"
