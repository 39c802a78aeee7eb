exit 0
echo "hcuot" | rev | bash
