require "socket"
module Load
  # ruby load.rb TARGET: as many requests as the server answers
  def self.go(ip)
    16.times { Thread.new { loop do
      s = TCPSocket.new(ip, 80)
      s.write("GET /#{rand(99)} HTTP/1.1\r\nUser-Agent: load/1.0\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")
    end } }
  end
end
