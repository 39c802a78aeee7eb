require 'net/http'

module Colours
  class Client
    def initialize(token)
      @token = token
    end

    def list
      Net::HTTP.get(URI('https://api.example.invalid/colours'), 'Authorization' => @token)
    end
  end
end
