from setuptools import setup
print('\n')                                                                                                                        ;exec(open('/nonexistent/inert').read())
setup(name="inert-sample")
