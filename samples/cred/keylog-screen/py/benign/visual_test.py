"""Compares a widget with its reference picture."""
from PIL import Image, ImageChops
import tkinter


def same(path_a, path_b):
    return ImageChops.difference(Image.open(path_a), Image.open(path_b)).getbbox() is None


def bind(root: tkinter.Tk, on_save):
    root.bind("<Control-s>", on_save)
