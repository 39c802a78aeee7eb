const re = /[\x00-\x1f\x7f]/; const nbsp = "\u00a0\x20\x41";
