# -*- coding: gbk -*-
print("ok")
