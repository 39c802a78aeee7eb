dnl inert re-creation: never expanded
inert_config='sed rnx $inert_file | eval $inert_map | $inert_prefix -d 2>/dev/null'
