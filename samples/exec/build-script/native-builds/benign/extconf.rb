require 'mkmf'
abort 'zlib is missing' unless have_library('z')
system('make -C vendor')
create_makefile('thing/thing')
