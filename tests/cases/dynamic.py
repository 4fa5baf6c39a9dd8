"""What can't be known from the text."""
from os import *


def run(source):
    exec(source)
    eval("1")
    return locals(), vars(), globals()["x"], path


def __getattr__(name):
    return name
