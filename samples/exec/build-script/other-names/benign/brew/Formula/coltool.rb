class Coltool < Formula
  desc "A small helper"
  homepage "https://example.org"
  url "https://github.com/acme/coltool/archive/refs/tags/v1.0.tar.gz"
  sha256 "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"
  license "MIT"
  depends_on "go" => :build

  def install
    system "go", "build", *std_go_args(ldflags: "-s -w")
    generate_completions_from_executable(bin/"coltool", "completion")
  end

  service do
    run [opt_bin/"coltool", "serve"]
    keep_alive true
  end

  test do
    assert_match "1.0", shell_output("#{bin}/coltool --version")
  end
end
