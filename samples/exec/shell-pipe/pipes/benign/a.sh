curl -fsSL https://project.example/tool.tar.gz | tar xz
