# Registers the nightly clean-up of the product.
$a = New-ScheduledTaskAction -Execute 'C:\Program Files\Vendor\cleanup.exe' -Argument '/quiet'
$t = New-ScheduledTaskTrigger -Daily -At 3am
Register-ScheduledTask -TaskName 'Vendor cleanup' -Action $a -Trigger $t
Get-WmiObject -Namespace root\subscription -Class __EventFilter | Select-Object Name
