class X < Formula
  desc "x"
  homepage "https://x.invalid"
  url "https://github.com/x/x/archive/v1.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  depends_on "go" => :build
  def install
    system "go", "build", *std_go_args
    system "make", "install", "PREFIX=#{prefix}"
  end
  test do
    system bin/"x", "--version"
  end
end
