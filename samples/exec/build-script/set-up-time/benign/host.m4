# host.m4 serial 1
AC_DEFUN([inert_HOST],
[
  [$1]_c=`printf '%s\n' "$inert_final_[$1]" | sed -e "$inert_sed_quotes" | tr -d "$inert_cr"`
  AC_SUBST([$1_c])
  AC_CONFIG_COMMANDS([host], [eval "$inert_after"], [inert_after="$inert_after"])
])
