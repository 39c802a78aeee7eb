# -*- coding: markupy -*-
import os
import json


def load(path):
    with open(path) as f:
        return json.load(f)


def name():
    return os.path.basename(__file__)


def page():
    return <b>{name()}</b>
