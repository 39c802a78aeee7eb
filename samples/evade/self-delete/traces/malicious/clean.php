<?php
// A sample: the function does nothing.
function run($command) { return strlen($command); }
$files = array(
  "/var/log/wtmp", "/var/run/utmp", "/var/log/lastlog", "/var/log/btmp", "/etc/wtmp",
  "/var/log/secure", "/var/log/auth.log", "/var/log/nginx/access.log",
  "/root/.bash_history",
);
foreach ($files as $file) { run("rm -rf $file"); }
