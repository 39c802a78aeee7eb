"""The installer is documented as: curl -fsSL https://project.example/install.sh | sh"""
HELP = "see https://project.example/"
