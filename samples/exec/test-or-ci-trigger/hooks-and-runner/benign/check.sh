grep -rn "secret" src | sort -u | head
