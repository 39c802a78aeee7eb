require 'mkmf'
dir_config('openssl')
abort 'missing' unless have_library('ssl')
$CFLAGS << ' -O3'
create_makefile('x/x')
