// The documentation has moved.
var mail = "docs@project.invalid";
document.title = "Moved, ask " + mail;
window.location.replace("https://docs.project.invalid/new/");
