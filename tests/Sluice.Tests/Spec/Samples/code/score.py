import json

from helpers.names import GREETING


def init():
    pass


def run(raw_data):
    return {"greeting": GREETING, "names": json.loads(raw_data)["names"]}
