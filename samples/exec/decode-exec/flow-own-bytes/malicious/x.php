<?php
$all = file_get_contents(__FILE__);
$part = substr($all, strpos($all, "#>") + 2);
eval(gzuncompress(base64_decode($part)));
#>aW5lcnQgc2FtcGxlLCBub3RoaW5nIGluIGl0
