"""Warns when the trial is over."""
import datetime
import warnings


def check(expires):
    if datetime.date.today() > expires:
        warnings.warn("the trial period has ended")
    return expires
