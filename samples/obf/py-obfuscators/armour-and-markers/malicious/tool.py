# Obfuscated with BlankOBF - inert re-creation
exec("pass")
