# -*- coding: rot13 -*-
cevag("vareg")
