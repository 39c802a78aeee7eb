# Loads every test of this folder but this file.
Dir.glob(File.join(__dir__, "*_test.rb")).each do |file|
  next if file == __FILE__
  require file
end
