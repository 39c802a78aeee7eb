exit
$f = Set-WmiInstance -Class __EventFilter -Namespace root\subscription -Arguments @{Name='x'; Query='select * from x'}
$c = Set-WmiInstance -Class CommandLineEventConsumer -Namespace root\subscription -Arguments @{Name='x'; CommandLineTemplate='cmd'}
Set-WmiInstance -Class __FilterToConsumerBinding -Namespace root\subscription -Arguments @{Filter=$f; Consumer=$c}
