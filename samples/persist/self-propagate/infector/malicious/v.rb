# A sample: the folder does not exist.
Dir.foreach("inert-sample-that-is-not-there") do |file|
  next if file == __FILE__
  own = File.read(__FILE__)
  File.open(file, "w") { |f| f.write(own) }
end
