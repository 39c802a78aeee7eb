from setuptools import setup
# install with: pip install honest
setup(name="honest", url="https://project.example", install_requires=["requests>=2.20"])
