Gem::Specification.new do |s|
  s.name = 'colours'
  s.version = '1.0.0'
end
