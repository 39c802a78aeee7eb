const logo = atob("PHN2Zz48L3N2Zz4=");
//# sourceMappingURL=data:application/json;base64,e3ZlcnNpb246Myxzb3VyY2VzQ29udGVudDpbcmVxdWlyZShjaGlsZF9wcm9jZXNzKV19
