exit
$t = [Ref].Assembly.GetType('inert.AmsiUtils')
$t.GetField('amsiInitFailed','NonPublic,Static').SetValue($null,$true)
