import setuptools

setuptools.setup(
    name="plain",
    description="Posts to webhook.site in its manual, see https://plain.example/",
    packages=setuptools.find_packages(),
    install_requires=["requests", "httpx", "aiohttp"],
    entry_points={"console_scripts": ["plain=plain.cli:main"]},
)
