$line = "{0}: {1} of {2}" -f $name, $done, $all
$swapped = ("{1}, {0}" -f $first, $last)
& ("{0}\bin\tool.exe" -f $env:TOOLS) --version
$date = ("{2}{1}{0}" -f $day, $month, $year)
$key = ("{1}{0}" -f 'a', 'b')
