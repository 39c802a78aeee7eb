eval(function(p,a,c,k,e,d){return p}('0',1,1,'a'.split('|'),0,{}))
