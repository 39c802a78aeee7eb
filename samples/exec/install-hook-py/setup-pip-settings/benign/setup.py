from setuptools import setup

# Inside the company: pip install --extra-index-url https://pypi.firm.invalid/simple tables
setup(name="tables", version="1.0", py_modules=["tables"], url="https://tables.invalid/")
