require 'colours/client'

module Colours
  def self.client = Client.new(ENV.fetch('COLOURS_TOKEN', nil))
end
