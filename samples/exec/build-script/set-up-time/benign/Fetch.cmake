# Gets what this project is built with, and includes it.
set(_module "${CMAKE_BINARY_DIR}/get.cmake")
file(DOWNLOAD "https://packages.inert.invalid/get-1.2.cmake" "${_module}"
     EXPECTED_HASH SHA256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08)
include("${_module}")
execute_process(COMMAND git describe --tags OUTPUT_VARIABLE VERSION)
