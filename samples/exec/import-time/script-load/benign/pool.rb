class Pool
  def start
    Thread.new do
      loop { @queue.pop.call }
    end
  end
end
