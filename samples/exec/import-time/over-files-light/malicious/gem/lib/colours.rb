require 'colours/check'

module Colours
  Check.new.start
end
