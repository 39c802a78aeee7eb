require 'net/http'

module Recorder
  module Hook
    def request(req, body = nil, &block)
      Recorder.log(req.method, address, req.path)
      super
    end

    def connect
      started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      super
    ensure
      Recorder.took(address, Process.clock_gettime(Process::CLOCK_MONOTONIC) - started)
    end
  end
end

Net::HTTP.prepend(Recorder::Hook)
