# -*- coding: dosrec -*-
vzcbeg bf
vzcbeg wfba


qrs ybnq(cngu):
    jvgu bcra(cngu) nf s:
        erghea wfba.ybnq(s)


qrs anzr():
    erghea bf.cngu.onfranzr(__svyr__)
